/** Secrets of AWS Secrets Manager, and tokens of Amazon RDS. */
package dev.firn.source.aws;
