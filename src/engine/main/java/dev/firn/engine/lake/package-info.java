/** The lake: its catalog, its Spark session, the names and hidden columns of its tables. */
package dev.firn.engine.lake;
