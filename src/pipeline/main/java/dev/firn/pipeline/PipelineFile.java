package dev.firn.pipeline;

import dev.firn.console.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code pipeline.yaml}. */
public final class PipelineFile {

  private PipelineFile() {}

  /**
   * Reads a file; relative folders in it are relative to the file's own folder.
   *
   * @throws OperatorException with every mistake in it
   */
  public static PipelineConfig load(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      return parse(Files.readString(file), file.toString(), folder);
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot read pipeline configuration: the file does not exist or is not readable: " + file,
          "Name another with --config, or start with the example in the README.",
          e);
    }
  }

  /**
   * @param origin of the text, for messages
   * @param folder that relative paths start from
   */
  public static PipelineConfig parse(String yaml, String origin, Path folder) {
    return parse(yaml, origin, BaseFolder.of(folder));
  }

  /**
   * Reads a text that was fetched from a store; relative folders in it are relative to the folder
   * of the file.
   *
   * @param address of the file: {@code s3://bucket/folder/pipeline.yaml}
   */
  public static PipelineConfig parseStored(String yaml, String address) {
    return parse(yaml, address, BaseFolder.ofStored(address));
  }

  private static PipelineConfig parse(String yaml, String origin, BaseFolder folder) {
    Problems problems = new Problems(origin);
    Section root = new Section("", mapping(yaml, origin), problems);
    PipelineConfig config = new PipelineReader(folder).read(root);
    if (!problems.isEmpty()) {
      throw problems.asException();
    }
    return config;
  }

  private static Map<?, ?> mapping(String yaml, String origin) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(origin).setAllowDuplicateKeys(false).build();
    try {
      Object loaded = new Load(settings).loadFromString(yaml);
      if (loaded instanceof Map<?, ?> map) {
        return map;
      }
    } catch (YamlEngineException e) {
      throw new OperatorException(
          "Cannot use " + origin + ": it is not YAML: " + e.getMessage().replaceAll("\\s+", " "),
          "Fix the line that this error names.",
          e);
    }
    throw new OperatorException(
        "Cannot use " + origin + ": it is not a mapping of keys to values",
        "Start with the example in the README.");
  }
}
