/** Where the events of a capture go: a Kinesis stream, or the raw zone itself. */
package dev.firn.cdc.output;
