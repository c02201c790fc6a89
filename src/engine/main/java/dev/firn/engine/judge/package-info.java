/** What becomes of a change that meets the row, the tombstone and the truncation of its key. */
package dev.firn.engine.judge;
