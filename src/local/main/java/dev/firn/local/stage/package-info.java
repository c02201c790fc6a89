/** The stages as processes of their own, started, watched and ended. */
package dev.firn.local.stage;
