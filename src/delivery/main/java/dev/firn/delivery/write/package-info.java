/** Buffers records by table and hour, and writes the files that Firehose would. */
package dev.firn.delivery.write;
