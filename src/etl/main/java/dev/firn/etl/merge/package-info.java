/**
 * The merge: raw files become rows of lake tables. {@link dev.firn.etl.merge.MergeJob} merges
 * several tables in parallel; {@link dev.firn.etl.merge.TableMerge} merges one table batch by
 * batch: plan, read, stage, publish, report.
 */
package dev.firn.etl.merge;
