/** Reads PostgreSQL's catalog: tables, types, publications and slots. No other code reads it. */
package dev.firn.source.catalog;
