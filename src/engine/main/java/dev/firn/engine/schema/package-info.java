/**
 * The mapping of PostgreSQL's columns to the lake's: the type of each column, the schema of a new
 * table, and the changes that Iceberg allows later.
 */
package dev.firn.engine.schema;
