package dev.firn.benchreport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * The machine of a run.
 *
 * @param load average of the minute before the run
 */
public record Machine(
    String processor, int processors, long memoryBytes, String system, String load, LocalDate day) {

  private static final Path PROC = Path.of("/proc");

  /** This machine, now. */
  public static Machine here() throws IOException {
    return new Machine(
        field("cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(field("meminfo", "MemTotal").replaceAll("[^0-9]", "")) << 10,
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        loadAverage(),
        LocalDate.now(ZoneOffset.UTC));
  }

  public String java() {
    return System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d processors (%s), %.0f GB of memory, %s; load average before the run %s",
        processors,
        processor,
        memoryBytes / 1e9,
        system,
        load);
  }

  private static String loadAverage() throws IOException {
    String line = Files.readString(PROC.resolve("loadavg"));
    return line.substring(0, line.indexOf(' '));
  }

  private static String field(String file, String name) throws IOException {
    return Files.readString(PROC.resolve(file))
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("0 (not said)");
  }
}
