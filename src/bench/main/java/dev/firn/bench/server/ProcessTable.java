package dev.firn.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Linux's data on a process in /proc; empty for a process that has ended (man page proc_pid_stat).
 */
public final class ProcessTable {

  private static final double TICKS_A_SECOND = 100;
  private static final int USER_TIME = 11;

  private ProcessTable() {}

  /** CPU time of the process alone. */
  static double cpuSeconds(long pid) {
    String[] fields = stat(pid);
    return fields.length == 0 ? 0 : ticks(fields, USER_TIME, 2) / TICKS_A_SECOND;
  }

  /** CPU time of the process, its live children, and those that it has waited for. */
  static double treeCpuSeconds(long pid) {
    String[] fields = stat(pid);
    double own = fields.length == 0 ? 0 : ticks(fields, USER_TIME, 4) / TICKS_A_SECOND;
    return own
        + ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToDouble(child -> cpuSeconds(child.pid()))
            .sum();
  }

  /** Bytes of memory now. */
  public static long resident(long pid) {
    return status(pid, "VmRSS:");
  }

  static long peakResident(long pid) {
    return status(pid, "VmHWM:");
  }

  // The name in brackets may contain anything, so the fields are parsed after it.
  private static String[] stat(long pid) {
    String line = read(pid, "stat");
    return line.isEmpty() ? new String[0] : line.substring(line.lastIndexOf(')') + 2).split(" ");
  }

  private static long ticks(String[] fields, int first, int number) {
    long sum = 0;
    for (int i = first; i < first + number; i++) {
      sum += Long.parseLong(fields[i]);
    }
    return sum;
  }

  private static long status(long pid, String name) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      return "";
    }
  }
}
