/**
 * Changes of rows as bytes: a value is typed once, when its event is read; after that changes are
 * moved, folded and written without an object for each value. Folding keeps one change for each
 * key.
 */
package dev.firn.engine.row;
