/**
 * The mirror tables of the lake: how a mirror is created, evolved with its source, and partitioned;
 * and the tombstones, which remember its deletes.
 */
package dev.firn.engine.table;
