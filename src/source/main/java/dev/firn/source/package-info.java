/** Connections to PostgreSQL: credentials, TLS, settings and failures. */
package dev.firn.source;
