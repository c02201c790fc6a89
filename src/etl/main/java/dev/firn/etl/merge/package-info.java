/**
 * Raw files become rows. {@link dev.firn.etl.merge.MergeJob} merges the tables side by side; {@link
 * dev.firn.etl.merge.TableMerge} is one table's way: plan, read, stage, publish, report.
 */
package dev.firn.etl.merge;
