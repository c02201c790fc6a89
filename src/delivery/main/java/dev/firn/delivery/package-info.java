/** Kinesis to raw files: what Firehose does on AWS, for one machine and for tests. */
package dev.firn.delivery;
