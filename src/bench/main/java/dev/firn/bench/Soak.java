package dev.firn.bench;

import dev.firn.bench.server.BenchDatabase;
import dev.firn.bench.server.CountingKinesis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One transaction of all rows, captured with a small heap: it succeeds, or the benchmark fails. */
final class Soak {

  private static final String HEAP = "-Xmx256m";
  private static final int ROUND = 0;

  /** A line of -Xlog:gc: heap before, after, and in all. */
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->\\d+M\\(\\d+M\\)");

  private final Settings settings;
  private final BenchDatabase database;
  private final CountingKinesis kinesis;

  Soak(Settings settings, BenchDatabase database, CountingKinesis kinesis) {
    this.settings = settings;
    this.database = database;
    this.kinesis = kinesis;
  }

  List<MemoryCheck> run() {
    new Course(settings, database, kinesis).layLargeTransaction();
    List<MemoryCheck> checks = new ArrayList<>();
    for (FirnSink sink : FirnSink.values()) {
      checks.add(carry(sink));
    }
    return checks;
  }

  private MemoryCheck carry(FirnSink sink) {
    Path log = settings.work().resolve("gc-" + sink + ".log");
    List<String> options = List.of(HEAP, "-XX:+Use" + settings.collector());
    List<String> watched = new ArrayList<>(options);
    watched.add("-Xlog:gc:file=" + log);
    Run run =
        new FirnContender(settings, database, kinesis, sink, watched)
            .race(Discipline.STREAMING, ROUND);
    MemoryCheck check =
        new MemoryCheck(
            "one transaction of %,d rows, %s, %,.0f rows/s"
                .formatted(run.rows(), run.contender(), run.rowsPerSecond()),
            String.join(" ", options),
            run.usage().peakResident(),
            highestHeap(log));
    System.err.println("bench: " + check);
    return check;
  }

  private static long highestHeap(Path log) {
    try {
      return COLLECTION
          .matcher(Files.readString(log))
          .results()
          .map((MatchResult line) -> Long.parseLong(line.group(1)) << 20)
          .max(Long::compare)
          .orElse(0L);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read log of the garbage collector: " + log, e);
    }
  }
}
