/**
 * Publishing: the written batch becomes visible to readers, once or not at all, and only if the
 * table is still in the state from which the batch was planned.
 */
package dev.firn.engine.publish;
