/**
 * The raw zone as a merge sees it: which files and documents a table has, and which days are
 * listed.
 */
package dev.firn.engine.raw;
