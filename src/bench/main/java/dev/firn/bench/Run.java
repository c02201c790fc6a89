package dev.firn.bench;

import dev.firn.bench.server.Usage;

/**
 * One run of one contender.
 *
 * @param seconds that the rows took: not those of the process, see the report
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

  /** Of the server while the process lived, by the rows that were raced for. */
  public double serverSecondsPerMillion() {
    return usage.serverSeconds() * 1e6 / rows;
  }
}
