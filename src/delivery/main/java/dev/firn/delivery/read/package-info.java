/** Reads the shards of a stream, parents before children, within the limits of Kinesis. */
package dev.firn.delivery.read;
