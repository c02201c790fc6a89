/**
 * A Kinesis for tests: it speaks the wire protocol of the real one, and fails when it is told to.
 */
package dev.firn.testing.kinesis;
