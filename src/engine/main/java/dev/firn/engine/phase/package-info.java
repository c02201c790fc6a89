/** Where the time of a merge went. */
package dev.firn.engine.phase;
