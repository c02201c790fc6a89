/**
 * Reading: the raw files of a batch become changes of rows. Each file is checked before it is used;
 * records that cannot be read are rejected with a reason, and go to quarantine.
 */
package dev.firn.engine.ingest;
