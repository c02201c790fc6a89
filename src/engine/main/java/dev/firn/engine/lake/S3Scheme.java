package dev.firn.engine.lake;

import org.apache.hadoop.conf.Configuration;

/**
 * Supports addresses like {@code s3://bucket/key}. Glue and EMR configure their own file system for
 * them in Hadoop's configuration; without such a setting Hadoop's S3A is used, which by itself only
 * supports {@code s3a://}.
 */
public final class S3Scheme {

  private static final String FILE_SYSTEM = "fs.s3.impl";

  private S3Scheme() {}

  /** Returns the same configuration, completed. */
  public static Configuration in(Configuration hadoop) {
    hadoop.setIfUnset(FILE_SYSTEM, "org.apache.hadoop.fs.s3a.S3AFileSystem");
    return hadoop;
  }
}
