/**
 * How what was written becomes visible: once, or not at all, and only on the state it was planned
 * from.
 */
package dev.firn.engine.publish;
