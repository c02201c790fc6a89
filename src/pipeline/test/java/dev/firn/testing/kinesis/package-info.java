/** A Kinesis for tests: it speaks the wire protocol of the real one, and fails on request. */
package dev.firn.testing.kinesis;
