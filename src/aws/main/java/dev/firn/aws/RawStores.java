package dev.firn.aws;

import dev.firn.contract.raw.FolderStore;
import dev.firn.contract.raw.RawStore;
import dev.firn.pipeline.PipelineConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens a raw zone by its address. */
public final class RawStores {

  private static final String S3 = "s3://";

  private RawStores() {}

  /** The raw zone of a pipeline; on S3 in the region of its stream. The caller closes it. */
  public static RawStore open(PipelineConfig config) throws IOException {
    return open(config.raw(), config.stream().kinesis().flatMap(kinesis -> kinesis.region()));
  }

  /**
   * Opens a raw zone in the region that the environment names.
   *
   * @param raw a folder, or {@code s3://bucket/prefix}
   */
  public static RawStore open(String raw) throws IOException {
    return open(raw, Optional.empty());
  }

  private static RawStore open(String raw, Optional<String> region) throws IOException {
    if (raw.startsWith(S3)) {
      return S3Store.open(S3Location.parse(raw), region);
    }
    return new FolderStore(Path.of(raw));
  }
}
