/** Compares the producer with embedded Debezium: one PostgreSQL, one machine, one run. */
package dev.firn.bench;
