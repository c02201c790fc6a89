/** What must be right before a capture begins; every finding comes with its remedy. */
package dev.firn.cdc.preflight;
