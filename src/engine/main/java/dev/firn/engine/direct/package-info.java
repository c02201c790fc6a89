/**
 * The direct engine's work on files: finds the old rows of a batch's keys, writes the new ones and
 * the deletes, and leaves it to the caller to commit them.
 */
package dev.firn.engine.direct;
