/**
 * Typing: the bytes of an event become typed values of a row, by the schema document with which the
 * event was written. Usual events are typed directly from their bytes; all others are parsed as
 * JSON first, with the same result.
 */
package dev.firn.engine.typing;
