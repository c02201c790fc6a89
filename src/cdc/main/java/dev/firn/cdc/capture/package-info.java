/** The capture: decide where to begin, copy the snapshot, then follow the log. */
package dev.firn.cdc.capture;
