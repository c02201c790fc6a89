/** Decoded messages and rows become change events with their positions; no I/O. */
package dev.firn.cdc.event;
