/** The messages of PostgreSQL's logical replication protocol, decoded without any I/O. */
package dev.firn.cdc.pgoutput;
