/**
 * Reading the records of other producers: Debezium, AWS DMS and wal2json. {@link
 * dev.firn.engine.ingest.foreign.ForeignRecords} chooses the class that translates a format into
 * change events; {@code docs/formats.md} describes the order of events in each format. Nothing here
 * depends on Spark.
 */
package dev.firn.engine.ingest.foreign;
