/** The way to PostgreSQL: who logs in with what, over which kind of connection. */
package dev.firn.source;
