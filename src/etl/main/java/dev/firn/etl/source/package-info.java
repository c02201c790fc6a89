/** Connections from the jobs to the source database. */
package dev.firn.etl.source;
