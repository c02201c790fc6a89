/** Converts decoded messages and rows to change events with their positions; no I/O. */
package dev.firn.cdc.event;
