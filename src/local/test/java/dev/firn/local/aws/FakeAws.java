package dev.firn.local.aws;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A script in front of the AWS CLI that answers configured calls, and forwards all others. A call
 * gets its answers one after the other, and the last one repeatedly.
 */
final class FakeAws {

  private static final String SCRIPT =
      """
      #!/usr/bin/env bash
      answers=$(dirname "$0")/$1-$2
      [ -d "$answers" ] || exec "$REAL_AWS" "$@"
      first=$(ls "$answers" | head -n 1)
      code=0
      bash "$answers/$first" "$@" || code=$?
      [ "$(ls "$answers" | wc -l)" -eq 1 ] || rm "$answers/$first"
      exit $code
      """;

  private final Path folder;

  private FakeAws(Path folder) {
    this.folder = folder;
  }

  static FakeAws in(Path folder) throws IOException {
    Path script = Files.createDirectories(folder).resolve("aws");
    Files.writeString(script, SCRIPT);
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("cannot be made executable: " + script);
    }
    return new FakeAws(folder);
  }

  /** A fake that needs no AWS to create a new job. */
  static FakeAws withNewJob(Path folder) throws IOException {
    return in(folder)
        .answers("s3 cp", ":")
        .answers("glue get-job", error("EntityNotFoundException", "GetJob"))
        .answers("glue create-job", ":");
  }

  static String error(String kind, String operation) {
    return "echo 'An error occurred (%s) when calling the %s operation: No' >&2; exit 254"
        .formatted(kind, operation);
  }

  /** The answer of GetJobRun to submit.sh's query, without a message if there is none. */
  static String run(String state, String group, String message) {
    return "printf '%%s\\n' %s 42 %s '%s'".formatted(state, group, message);
  }

  /**
   * @param call service and operation
   * @param scripts in bash, one for each call; they get the call's arguments
   */
  FakeAws answers(String call, String... scripts) throws IOException {
    Path answers = Files.createDirectories(folder.resolve(call.replace(' ', '-')));
    for (int i = 0; i < scripts.length; i++) {
      Files.writeString(answers.resolve("answer-" + i), scripts[i]);
    }
    return this;
  }

  /** Calls without an answer fail. */
  Map<String, String> environment() {
    return before(Map.of("PATH", System.getenv("PATH"), "REAL_AWS", "false"));
  }

  Map<String, String> environment(AwsLocal aws) {
    Map<String, String> environment = new HashMap<>(aws.environment());
    String client = environment.get("PATH").split(File.pathSeparator, 2)[0];
    environment.put("REAL_AWS", client + "/aws");
    return before(environment);
  }

  private Map<String, String> before(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PATH", folder + File.pathSeparator + environment.get("PATH"));
    return all;
  }
}
