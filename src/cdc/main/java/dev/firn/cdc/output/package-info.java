/** The outputs of a capture: a Kinesis stream, or the raw zone itself. */
package dev.firn.cdc.output;
