/** What must be right before a capture begins; every finding comes with what mends it. */
package dev.firn.cdc.preflight;
