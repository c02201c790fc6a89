/** The tables of the lake: how a mirror is made, laid out and changed, and its tombstones. */
package dev.firn.engine.table;
