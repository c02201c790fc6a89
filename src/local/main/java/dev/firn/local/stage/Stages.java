package dev.firn.local.stage;

import dev.firn.local.stage.StageProcess.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Starts the stages of one pipeline, and stops those that still run when it is closed. */
public final class Stages implements AutoCloseable {

  private static final String JAVA_OPTIONS = "FIRN_JAVA_OPTS";

  /** The second compiler costs a short merge more than it saves: half of the CPU, as measured. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Path command;
  private final Path config;
  private final Map<String, String> environment;
  private final StageConsole console;
  private final ConcurrentLinkedDeque<StageProcess> started = new ConcurrentLinkedDeque<>();

  /**
   * @param command bin/firn
   * @param config the pipeline
   */
  public Stages(Path command, Path config, Map<String, String> environment, StageConsole console) {
    this.command = command;
    this.config = config;
    this.environment = new HashMap<>(environment);
    if (System.getenv(JAVA_OPTIONS) == null) {
      this.environment.putIfAbsent(JAVA_OPTIONS, SHORT_LIVED);
    }
    this.console = console;
  }

  /**
   * @param name before each of its lines
   * @param options in addition to that of the pipeline
   */
  public StageProcess start(String name, String verb, String... options) {
    return start(
        name,
        verb,
        List.of(options),
        new Output(line -> console.print(name, line), line -> console.print(name, line)));
  }

  /**
   * Runs a stage whose result is for the reader: its output is printed without the name of the
   * stage, its messages with it.
   */
  public StageProcess startForResult(String name, String verb) {
    return start(
        name, verb, List.of(), new Output(console::printAsIs, line -> console.print(name, line)));
  }

  @Override
  public void close() {
    started.descendingIterator().forEachRemaining(StageProcess::close);
  }

  private StageProcess start(String name, String verb, List<String> options, Output output) {
    List<String> line =
        new ArrayList<>(List.of(command.toString(), verb, "--config", config.toString()));
    line.addAll(options);
    StageProcess process = StageProcess.start(name, line, environment, output);
    started.add(process);
    return process;
  }
}
