/** Tables are copied as an exported snapshot shows them, in ranges, by several sessions. */
package dev.firn.cdc.snapshot;
