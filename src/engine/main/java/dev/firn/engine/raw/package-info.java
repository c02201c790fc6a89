/**
 * The raw zone as a merge sees it: lists the files of each table, chooses the days to list, and
 * reads the small documents that capture writes next to the events.
 */
package dev.firn.engine.raw;
