/** From raw files to typed changes: what is due, how it is read, what is refused and why. */
package dev.firn.engine.ingest;
