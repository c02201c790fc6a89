/** A local PostgreSQL server, and how to connect to it. */
package dev.firn.local.database;
