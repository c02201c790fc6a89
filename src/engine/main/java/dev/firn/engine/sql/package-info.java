/**
 * The SQL engine: judges and merges a batch with plain SQL on a staging branch. It works for tables
 * of any layout, and is the reference for the direct engine.
 */
package dev.firn.engine.sql;
