/**
 * Measures how long a merge spends in each of its phases, for the report and the snapshot's
 * summary.
 */
package dev.firn.engine.phase;
