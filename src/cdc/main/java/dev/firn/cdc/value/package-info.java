/** Converts PostgreSQL's text of a value to the value in a change event; no I/O. */
package dev.firn.cdc.value;
