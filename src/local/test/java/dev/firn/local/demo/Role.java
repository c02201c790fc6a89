package dev.firn.local.demo;

import dev.firn.local.FirnHome;
import dev.firn.local.aws.AwsLocal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A role of a template of deploy/, made on the emulator, and what its policies allow.
 *
 * @param title template and role: {@code lake:MergeRole}
 * @param accessKey of a session that has assumed it
 * @param keys the environment variables with which a process uses the role
 */
record Role(
    String title, String accessKey, Map<String, String> keys, Collection<Statement> statements) {

  static final String PRODUCER = "producer:TaskRole";
  static final String DELIVERY = "delivery:Role";
  static final String MERGE = "lake:MergeRole";
  static final String VERIFY = "lake:VerifyRole";

  /** A line of a policy: each of the actions is allowed on each of the resources. */
  record Statement(String name, Set<String> actions, Set<String> resources) {

    boolean allows(RecordedCall call) {
      return actions.contains(call.action())
          && resources.stream().anyMatch(resource -> matches(resource, call));
    }

    /** Its actions and resources that no call used, unless no call used the statement at all. */
    Set<String> unused(List<RecordedCall> calls) {
      List<RecordedCall> own = calls.stream().filter(this::allows).toList();
      Set<String> unused = new TreeSet<>();
      for (String action : actions) {
        if (own.stream().noneMatch(call -> call.action().equals(action))) {
          unused.add(name + " " + action);
        }
      }
      for (String resource : resources) {
        if (!own.isEmpty() && own.stream().noneMatch(call -> matches(resource, call))) {
          unused.add(name + " " + resource);
        }
      }
      return unused;
    }

    private static boolean matches(String resource, RecordedCall call) {
      return Pattern.matches("\\Q" + resource.replace("*", "\\E.*\\Q") + "\\E", call.resource());
    }
  }

  /**
   * Makes roles.
   *
   * @param arguments of roles.py
   */
  static Map<String, Role> make(AwsLocal aws, Collection<String> arguments)
      throws InterruptedException {
    List<String> line = new ArrayList<>();
    line.add("-B");
    line.add(FirnHome.folder().resolve("src/local/aws/roles.py").toString());
    line.add(FirnHome.folder().resolve("deploy/templates").toString());
    line.addAll(arguments);
    Map<String, Map<String, Statement>> statements = new LinkedHashMap<>();
    Map<String, Role> roles = new LinkedHashMap<>();
    for (String answer : aws.runScript(line.toArray(String[]::new))) {
      String[] columns = answer.split("\t", -1);
      Map<String, Statement> own =
          statements.computeIfAbsent(columns[1], title -> new LinkedHashMap<>());
      switch (columns[0]) {
        case "action" -> statement(own, columns).actions().add(columns[3]);
        case "resource" -> statement(own, columns).resources().add(columns[3]);
        default -> roles.put(columns[1], of(columns, own.values()));
      }
    }
    return roles;
  }

  boolean allows(RecordedCall call) {
    return statements.stream().anyMatch(statement -> statement.allows(call));
  }

  Set<String> unused(List<RecordedCall> calls) {
    Set<String> unused = new TreeSet<>();
    statements.forEach(statement -> unused.addAll(statement.unused(calls)));
    return unused;
  }

  private static Statement statement(Map<String, Statement> statements, String[] columns) {
    Function<String, Statement> empty =
        name -> new Statement(name, new LinkedHashSet<>(), new LinkedHashSet<>());
    return statements.computeIfAbsent(columns[2], empty);
  }

  private static Role of(String[] columns, Collection<Statement> statements) {
    Map<String, String> keys =
        Map.of(
            "AWS_ACCESS_KEY_ID",
            columns[2],
            "AWS_SECRET_ACCESS_KEY",
            columns[3],
            "AWS_SESSION_TOKEN",
            columns[4]);
    return new Role(columns[1], columns[2], keys, statements);
  }
}
