/** PostgreSQL's text of a value becomes the value a change event carries; no I/O. */
package dev.firn.cdc.value;
