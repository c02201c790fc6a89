package dev.firn.local.aws;

import dev.firn.local.stage.StageConsole;
import dev.firn.local.stage.StageFailedException;
import dev.firn.local.stage.StageProcess;
import dev.firn.local.stage.StageProcess.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A private emulator of AWS on a free port of this machine, and the AWS CLI to call it.
 * docs/aws-emulator.md lists what it gets right and wrong.
 */
public final class AwsLocal implements AutoCloseable {

  private static final Pattern EXPORT = Pattern.compile("export (\\w+)=(.*)");
  private static final Pattern UNSET = Pattern.compile("unset (.*)");

  private final Path command;
  private final Path folder;
  private final boolean records;
  private final StageConsole console;
  private Map<String, String> environment = Map.of();

  private AwsLocal(Path command, Path folder, boolean records, StageConsole console) {
    this.command = command;
    this.folder = folder;
    this.records = records;
    this.console = console;
  }

  /**
   * Starts an emulator; the very first start installs it.
   *
   * @param command bin/firn
   * @param folder for its log
   * @throws StageFailedException when it cannot be installed or started
   */
  public static AwsLocal start(Path command, Path folder, StageConsole console)
      throws InterruptedException {
    return new AwsLocal(command, folder, false, console).start();
  }

  /** Starts an emulator that records all calls in the file {@code actions.log} of the folder. */
  public static AwsLocal startRecording(Path command, Path folder, StageConsole console)
      throws InterruptedException {
    return new AwsLocal(command, folder, true, console).start();
  }

  /**
   * The environment variables with which a process finds the emulator; a variable without a value
   * must be removed.
   */
  public Map<String, String> environment() {
    return environment;
  }

  /** Runs the AWS CLI; returns its lines. */
  public List<String> call(String... arguments) throws InterruptedException {
    return run("aws", join(client().resolve("aws"), arguments), environment);
  }

  /** Runs a script with the emulator's Python, which has the SDK for Python; returns its lines. */
  public List<String> runScript(String... arguments) throws InterruptedException {
    return run("aws", join(client().resolveSibling("bin/python"), arguments), environment);
  }

  @Override
  public void close() {
    try {
      control("stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AwsLocal start() throws InterruptedException {
    control("install");
    environment = environment(control("start"));
    return this;
  }

  // Programs are looked up on the PATH of this process.
  private Path client() {
    return Path.of(environment.get("PATH").split(":", 2)[0]);
  }

  private List<String> control(String action) throws InterruptedException {
    Map<String, String> settings =
        Map.of(
            "FIRN_AWS_LOCAL_FOLDER",
            folder.toString(),
            "FIRN_AWS_LOCAL_PORT",
            "0",
            "FIRN_AWS_LOCAL_RECORD",
            Boolean.toString(records));
    return run("aws", join(command, "aws-local", action), settings);
  }

  private List<String> run(String name, List<String> line, Map<String, String> variables)
      throws InterruptedException {
    List<String> answer = new ArrayList<>();
    Output output = new Output(answer::add, error -> console.print(name, error));
    StageProcess.start(name, line, variables, output).awaitSuccess();
    return answer;
  }

  private static List<String> join(Path program, String... arguments) {
    return Stream.concat(Stream.of(program.toString()), Arrays.stream(arguments)).toList();
  }

  /** Parses the output that a shell would evaluate. */
  static Map<String, String> environment(List<String> lines) {
    Map<String, String> environment = new HashMap<>();
    for (String line : lines) {
      Matcher export = EXPORT.matcher(line);
      Matcher unset = UNSET.matcher(line);
      if (export.matches()) {
        environment.put(export.group(1), value(export.group(2)));
      } else if (unset.matches()) {
        Arrays.stream(unset.group(1).split(" ", -1)).forEach(name -> environment.put(name, ""));
      }
    }
    return environment;
  }

  private static String value(String text) {
    return text.replace("\"", "").replace("$PATH", System.getenv("PATH"));
  }
}
