package dev.firn.engine.lake;

import org.apache.iceberg.aws.s3.S3FileIO;

/**
 * Iceberg's S3, but for one thing: the metadata file of a commit that failed stays. Iceberg's
 * catalog of Glue deletes it after an answer below 500, also after an {@code
 * OperationTimeoutException}, behind which Glue may have made the update all the same: nobody could
 * load the table any more. What leaves a table's metadata log is deleted as ever, many files at a
 * time.
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
