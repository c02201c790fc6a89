package dev.firn.bench.merge;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of one contender, as its process measured it.
 *
 * @param seconds of the merge
 * @param cpuSeconds of the whole process in that time, all threads
 * @param bytes in new files
 * @param files number of new files
 * @param scan of the tables after the run
 * @param checksum that the scan found
 * @param account what the contender reported
 */
public record Measure(
    double seconds,
    double cpuSeconds,
    long bytes,
    long files,
    Scan scan,
    Checksum checksum,
    Account account) {

  private static final String PHASE = "phase.";
  private static final String PLAN = "plan";

  /** A read of all columns of all tables. */
  public record Scan(double seconds, double cpuSeconds) {}

  /** One line for {@link #parse(String)}. */
  public String line() {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "seconds=%.3f cpu=%.3f bytes=%d files=%d scan=%.3f scanCpu=%.3f checksum=%s",
                seconds,
                cpuSeconds,
                bytes,
                files,
                scan.seconds(),
                scan.cpuSeconds(),
                checksum));
    account
        .phases()
        .forEach(
            (phase, time) ->
                line.append(String.format(Locale.ROOT, " %s%s=%.3f", PHASE, phase, time)));
    line.append(' ').append(PLAN).append('=').append(account.plan().replace(' ', '_'));
    return line.toString();
  }

  public static Measure parse(String line) {
    Map<String, String> values = new TreeMap<>();
    Map<String, Double> phases = new TreeMap<>();
    for (String word : line.split(" ", -1)) {
      String[] pair = word.split("=", 2);
      if (pair[0].startsWith(PHASE)) {
        phases.put(pair[0].substring(PHASE.length()), Double.valueOf(pair[1]));
      } else {
        values.put(pair[0], pair[1]);
      }
    }
    return new Measure(
        Double.parseDouble(values.get("seconds")),
        Double.parseDouble(values.get("cpu")),
        Long.parseLong(values.get("bytes")),
        Long.parseLong(values.get("files")),
        new Scan(Double.parseDouble(values.get("scan")), Double.parseDouble(values.get("scanCpu"))),
        Checksum.parse(values.get("checksum")),
        new Account(phases, values.get(PLAN).replace('_', ' ')));
  }
}
