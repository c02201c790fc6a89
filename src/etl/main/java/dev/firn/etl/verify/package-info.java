/**
 * PostgreSQL against the lake at one position: counts and checksums of key ranges on both sides,
 * and the keys that differ.
 */
package dev.firn.etl.verify;
