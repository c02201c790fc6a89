package dev.firn.bench;

import dev.firn.bench.server.BenchDatabase;
import dev.firn.bench.server.CountingKinesis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every contender in every discipline, one after the other in each round. */
final class Races {

  private final Settings settings;
  private final List<Contender> contenders;

  Races(Settings settings, BenchDatabase database, CountingKinesis kinesis) {
    this.settings = settings;
    this.contenders =
        List.of(
            new FirnContender(settings, database, kinesis, FirnSink.RAW),
            new DebeziumContender(settings, database, DebeziumContender.Sink.GZIP),
            new FirnContender(settings, database, kinesis, FirnSink.KINESIS),
            new DebeziumContender(settings, database, DebeziumContender.Sink.COUNT));
  }

  List<Run> run() {
    List<Run> runs = new ArrayList<>();
    for (int round = 1; round <= settings.rounds(); round++) {
      for (Discipline discipline : Discipline.values()) {
        for (Contender contender : contenders) {
          runs.add(race(contender, discipline, round));
        }
      }
    }
    return runs;
  }

  private static Run race(Contender contender, Discipline discipline, int round) {
    Run run = contender.race(discipline, round);
    System.err.printf(
        Locale.ROOT,
        "bench: round %d, %s, %s: %d rows, %.1f s, %,.0f rows/s, process %.1f s, CPU %.1f s,"
            + " PostgreSQL %.1f s, %d MB%n",
        round,
        discipline.title(),
        run.contender(),
        run.rows(),
        run.seconds(),
        run.rowsPerSecond(),
        run.usage().wallSeconds(),
        run.cpuSeconds(),
        run.usage().serverSeconds(),
        run.usage().peakResident() >> 20);
    return run;
  }
}
