/** An S3 for tests: whole objects, addressed by path. */
package dev.firn.testing.s3;
