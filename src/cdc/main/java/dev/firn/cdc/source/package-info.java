/** The PostgreSQL database that is carried: its connections, catalog, slot, state and rows. */
package dev.firn.cdc.source;
