/**
 * The quarantine: the table of records that could not be used, and of changes that can no longer be
 * judged, each with its reason.
 */
package dev.firn.engine.quarantine;
