/** An AWS for tests: the emulator that {@code bin/firn aws-local} starts. */
package dev.firn.testing.aws;
