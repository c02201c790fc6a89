/**
 * Finds the old rows of a batch's keys in a table, reading no more of its data files than the key
 * and position columns of the pages that may hold them.
 */
package dev.firn.engine.scan;
