/** What of a table's raw files somebody has to look at: gone, not read, or not looked through. */
package dev.firn.engine.attention;
