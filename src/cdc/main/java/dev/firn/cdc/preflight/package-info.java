/** The checks before a capture starts; every finding comes with its remedy. */
package dev.firn.cdc.preflight;
