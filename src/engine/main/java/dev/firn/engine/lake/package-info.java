/**
 * Access to the lake, with which every job starts: the Iceberg catalog, the Spark session, the
 * names of the tables, and the columns that Firn adds to each row.
 */
package dev.firn.engine.lake;
