package dev.firn.engine.lake;

import org.apache.hadoop.conf.Configuration;

/**
 * Addresses as {@code s3://bucket/key}. Glue and EMR read them by a file system of their own and
 * say so in Hadoop's configuration; where nobody has, it is Hadoop's S3A, which knows them as
 * {@code s3a://} only.
 */
public final class S3Scheme {

  private static final String FILE_SYSTEM = "fs.s3.impl";

  private S3Scheme() {}

  /** Answers the configuration it was given. */
  public static Configuration in(Configuration hadoop) {
    hadoop.setIfUnset(FILE_SYSTEM, "org.apache.hadoop.fs.s3a.S3AFileSystem");
    return hadoop;
  }
}
