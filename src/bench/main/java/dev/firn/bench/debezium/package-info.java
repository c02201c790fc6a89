/** Debezium's side of the benchmark, in a separate process. */
package dev.firn.bench.debezium;
