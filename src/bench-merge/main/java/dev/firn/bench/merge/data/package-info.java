/** Generated rows and changes, in Firn's raw format, and the expected contents of a table. */
package dev.firn.bench.merge.data;
