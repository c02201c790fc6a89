/** Connections to the PostgreSQL database that is carried, and the state of its slot. */
package dev.firn.etl.source;
