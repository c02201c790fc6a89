/**
 * Progress: which batch a table is at, which raw files its batches have read, and which deletes it
 * remembers. It is read from the table's properties and snapshots and from the manifests of the
 * batches, and each batch is planned from it.
 */
package dev.firn.engine.progress;
