package dev.firn.etl.options;

import dev.firn.console.OperatorException;
import dev.firn.engine.lake.S3Scheme;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.PipelineFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/**
 * {@code --config}: the pipeline's configuration file, on this machine or wherever Hadoop can read.
 */
public final class ConfigOption {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "pipeline.yaml",
      description = "The pipeline's configuration, a file or an s3:// address (${DEFAULT-VALUE}).")
  private String location;

  /**
   * @throws OperatorException when the file cannot be read or has mistakes
   */
  public PipelineConfig load() {
    if (!location.contains("://")) {
      return PipelineFile.load(java.nio.file.Path.of(location));
    }
    Path path = new Path(location);
    try (InputStream in = path.getFileSystem(S3Scheme.in(new Configuration())).open(path)) {
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return PipelineFile.parseStored(yaml, location);
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot read pipeline configuration: " + e.getMessage() + ": " + location,
          "Check the address, and that the role may read it.",
          e);
    }
  }
}
