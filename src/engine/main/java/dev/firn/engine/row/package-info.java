/**
 * Changes of rows as bytes: typed once when an event is read, and moved, folded and written from
 * there without an object a value.
 */
package dev.firn.engine.row;
