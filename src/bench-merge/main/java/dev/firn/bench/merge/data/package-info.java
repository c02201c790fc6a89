/** Generated rows and changes, in Firn's raw format, and what a table must hold after them. */
package dev.firn.bench.merge.data;
