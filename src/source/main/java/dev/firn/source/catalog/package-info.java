/**
 * What PostgreSQL's catalog says of tables, types, publications and slots; the only reader of it.
 */
package dev.firn.source.catalog;
