/** Debezium's side of the bench, in a process of its own. */
package dev.firn.bench.debezium;
