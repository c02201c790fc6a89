/**
 * Finding the old rows of a batch's keys: of the table's data files it reads only the key and
 * position columns, and only the pages that may contain the keys.
 */
package dev.firn.engine.scan;
