/**
 * The direct engine, which merges a batch by writing files itself: it finds the old rows of the
 * batch's keys, judges each change, writes new rows, deletes and tombstones as files, and publishes
 * them in one commit.
 */
package dev.firn.engine.direct;
