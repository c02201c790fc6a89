/** The stages as separate processes: started, watched and stopped. */
package dev.firn.local.stage;
