package dev.firn.contract.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Arms failpoints from the environment: {@code FIRN_FAILPOINT=merge-staged:kill}, several separated
 * by commas, {@code capture-acknowledge:kill@3} at the third pass. What a point does: {@code kill}
 * ends the process at once with exit code 137, without shutdown hooks, as {@code kill -9} does;
 * {@code throw} fails; {@code delay} waits a second; {@code pause} waits until the file named by
 * {@code FIRN_FAILPOINT_RELEASE} exists, forever without one.
 */
public final class Failpoints {

  /** The variable that names the points. */
  public static final String VARIABLE = "FIRN_FAILPOINT";

  /** The variable that names the file whose appearance ends every pause. */
  public static final String RELEASE = "FIRN_FAILPOINT_RELEASE";

  private static final int KILLED = 137;
  private static final long DELAY_NANOS = 1_000_000_000L;
  private static final long LOOK_NANOS = 20_000_000L;
  private static final Pattern ENTRY =
      Pattern.compile("([a-z-]+):(kill|throw|delay|pause)(?:@([1-9][0-9]{0,8}))?");

  private Failpoints() {}

  /**
   * Arms what the environment names.
   *
   * @throws IllegalArgumentException for an entry that cannot be read, or an unknown point
   */
  public static void armFrom(Map<String, String> environment) {
    String value = environment.get(VARIABLE);
    if (value == null || value.isBlank()) {
      return;
    }
    Optional<Path> release = Optional.ofNullable(environment.get(RELEASE)).map(Path::of);
    for (String entry : value.split(",", -1)) {
      arm(entry.strip(), release);
    }
  }

  private static void arm(String entry, Optional<Path> release) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Cannot read "
              + VARIABLE
              + ": "
              + entry
              + ". Write name:kill, :throw, :delay or :pause, and append @3 for the third pass.");
    }
    Failpoint point = named(matcher.group(1));
    Runnable action = action(point, matcher.group(2), release);
    AtomicInteger left =
        new AtomicInteger(matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
    // Without a number at each pass, with one at that pass alone.
    point.arm(
        () -> {
          if (matcher.group(3) == null || left.decrementAndGet() == 0) {
            action.run();
          }
        });
  }

  private static Failpoint named(String name) {
    return Arrays.stream(Failpoint.values())
        .filter(point -> point.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot arm failpoint: its name is unknown: "
                        + name
                        + ". Known points: "
                        + Arrays.stream(Failpoint.values())
                            .map(Failpoint::text)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static Runnable action(Failpoint point, String what, Optional<Path> release) {
    return switch (what) {
      case "kill" -> () -> Runtime.getRuntime().halt(KILLED);
      case "throw" ->
          () -> {
            throw new FailpointException(point);
          };
      case "delay" -> () -> LockSupport.parkNanos(DELAY_NANOS);
      default -> () -> pause(point, release);
    };
  }

  // A test waits for this line on stderr before it acts.
  private static void pause(Failpoint point, Optional<Path> release) {
    System.err.println("failpoint " + point.text() + ": paused");
    while (release.filter(Files::exists).isEmpty() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
