package dev.firn.bench;

import dev.firn.bench.server.BenchDatabase;
import dev.firn.bench.server.CountingKinesis;
import dev.firn.bench.server.MeteredProcess;
import dev.firn.bench.server.Slots;
import java.util.List;

/** The producer. Its time includes connecting and preflight, its CPU time the whole process. */
final class FirnContender implements Contender {

  private final Settings settings;
  private final BenchDatabase database;
  private final FirnCapture capture;
  private final FirnSink sink;
  private final List<String> javaOptions;

  FirnContender(Settings settings, BenchDatabase database, CountingKinesis kinesis, FirnSink sink) {
    this(settings, database, kinesis, sink, settings.javaOptions());
  }

  /**
   * @param javaOptions instead of those of the settings
   */
  FirnContender(
      Settings settings,
      BenchDatabase database,
      CountingKinesis kinesis,
      FirnSink sink,
      List<String> javaOptions) {
    this.settings = settings;
    this.database = database;
    this.capture = new FirnCapture(settings, database, kinesis);
    this.sink = sink;
    this.javaOptions = List.copyOf(javaOptions);
  }

  @Override
  public String name() {
    return sink.title();
  }

  @Override
  public Run race(Discipline discipline, int round) {
    prepare(discipline);
    MeteredProcess.Ended ended =
        capture.once(sink, discipline, Integer.toString(round), javaOptions);
    FirnReport report = FirnReport.in(ended.output());
    if (report.events() != settings.rows()) {
      throw new IllegalStateException(
          "Cannot count the run: the table has %d rows, but a different number was captured: %d"
              .formatted(settings.rows(), report.events()));
    }
    return new Run(
        name(),
        discipline,
        report.events(),
        report.seconds(),
        ended.usage().cpuSeconds(),
        ended.usage());
  }

  private void prepare(Discipline discipline) {
    Slots slots = new Slots(database);
    if (discipline == Discipline.STREAMING) {
      slots.copy(Course.ORIGIN, discipline.firnSlot());
      // Otherwise Firn would notice that the slot is not the one it acknowledged, and refuse it.
      database.execute(
          "UPDATE firn.capture SET acknowledged_limit = NULL WHERE slot = '%s'"
              .formatted(discipline.firnSlot()));
    } else {
      slots.drop(discipline.firnSlot());
      database.execute(
          "DELETE FROM firn.capture WHERE slot = '%s'".formatted(discipline.firnSlot()));
    }
  }
}
