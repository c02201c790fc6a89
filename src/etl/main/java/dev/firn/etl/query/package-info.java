/** SQL queries on the lake, for a person or a script. They read and never write. */
package dev.firn.etl.query;
