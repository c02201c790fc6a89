/**
 * From PostgreSQL's columns to the lake's: types, the shape of a table, and its change over time.
 */
package dev.firn.engine.schema;
