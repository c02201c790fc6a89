/**
 * The records of other producers, translated into change events: {@link
 * dev.firn.etl.ingest.foreign.ForeignRecords} chooses, one class a format translates, and {@code
 * docs/formats.md} says which order each carries. Nothing here knows Spark.
 */
package dev.firn.engine.ingest.foreign;
