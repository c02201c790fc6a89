/**
 * The verification: compares PostgreSQL with the lake at one position, by counts and checksums of
 * key ranges on both sides, and lists the keys that differ.
 */
package dev.firn.etl.verify;
