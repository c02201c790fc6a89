/**
 * The bytes of an event become typed values of a row, by the schema document the event was written
 * with.
 */
package dev.firn.engine.typing;
