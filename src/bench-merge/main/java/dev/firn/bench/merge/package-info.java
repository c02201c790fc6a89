/**
 * The merge beside other ways to bring the same changes into the same table: one machine, one run.
 */
package dev.firn.bench.merge;
