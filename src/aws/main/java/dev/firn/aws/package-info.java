/** Clients of AWS: Kinesis, and the raw zone on S3. */
package dev.firn.aws;
