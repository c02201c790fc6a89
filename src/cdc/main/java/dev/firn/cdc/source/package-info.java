/** The PostgreSQL database that is captured: its connections, catalog, slot, state and rows. */
package dev.firn.cdc.source;
