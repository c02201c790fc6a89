/**
 * Compares Firn's merge with other ways to apply the same changes to the same table: one machine,
 * one run.
 */
package dev.firn.bench.merge;
