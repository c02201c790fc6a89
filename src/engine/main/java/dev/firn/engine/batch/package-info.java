/**
 * The batch between reading and publication: its changes, its counts, and the interface that each
 * merge engine implements. The jobs write a batch with an engine, account for its events, and
 * publish it.
 */
package dev.firn.engine.batch;
