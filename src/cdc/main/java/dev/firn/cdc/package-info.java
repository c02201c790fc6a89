/** The producer: PostgreSQL's log becomes change events in the raw zone. */
package dev.firn.cdc;
