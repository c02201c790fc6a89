/** A PostgreSQL server of the machine's own, and how it is reached. */
package dev.firn.local.database;
