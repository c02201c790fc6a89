package dev.firn.engine.lake;

import org.apache.iceberg.aws.s3.S3FileIO;

/**
 * Iceberg's S3 FileIO, with one difference: it keeps the metadata file of a commit that failed.
 * Iceberg's Glue catalog deletes that file after a response below 500, including an {@code
 * OperationTimeoutException}; but Glue may have made the update nevertheless, and then the table
 * could no longer be loaded. Files that leave a table's metadata log are still deleted, in bulk.
 */
public final class KeptMetadataFileIO extends S3FileIO {

  private static final long serialVersionUID = 1L;

  private static final String METADATA = ".metadata.json";

  @Override
  public void deleteFile(String location) {
    if (!location.endsWith(METADATA)) {
      super.deleteFile(location);
    }
  }
}
