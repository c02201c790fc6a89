/** Connections to the PostgreSQL database that is carried. */
package dev.firn.etl.source;
