/**
 * A batch between reading and publication: its changes, its counts, and what an engine has to do
 * with it.
 */
package dev.firn.engine.batch;
