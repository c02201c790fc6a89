/**
 * Findings about raw files that need the operator: files that are missing, and files that no merge
 * reads. They are stored beyond the batch, because also a run that fails has to report them.
 */
package dev.firn.engine.attention;
