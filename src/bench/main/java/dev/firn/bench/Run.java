package dev.firn.bench;

import dev.firn.bench.server.Usage;

/**
 * One run of one contender.
 *
 * @param seconds for the rows, not for the whole process; see the report
 * @param cpuSeconds of the contender in that time
 */
public record Run(
    String contender,
    Discipline discipline,
    long rows,
    double seconds,
    double cpuSeconds,
    Usage usage) {

  public double rowsPerSecond() {
    return rows / seconds;
  }

  public double cpuSecondsPerMillion() {
    return cpuSeconds * 1e6 / rows;
  }

  /** CPU time of the server during the process, per row of the benchmark. */
  public double serverSecondsPerMillion() {
    return usage.serverSeconds() * 1e6 / rows;
  }
}
