package dev.firn.bench;

import dev.firn.bench.debezium.DebeziumMain;
import dev.firn.bench.debezium.Tally;
import dev.firn.bench.server.BenchDatabase;
import dev.firn.bench.server.MeteredProcess;
import dev.firn.bench.server.Slots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Embedded Debezium. Its clock runs from its first event; Firn's from the start of its work. */
final class DebeziumContender implements Contender {

  private static final String SLOT = "debezium";

  private final Settings settings;
  private final BenchDatabase database;
  private final Sink sink;

  /** The sink of its events. */
  enum Sink {
    GZIP("Debezium to gzip"),
    COUNT("Debezium, only counted");

    private final String title;

    Sink(String title) {
      this.title = title;
    }
  }

  DebeziumContender(Settings settings, BenchDatabase database, Sink sink) {
    this.settings = settings;
    this.database = database;
    this.sink = sink;
  }

  @Override
  public String name() {
    return sink.title;
  }

  @Override
  public Run race(Discipline discipline, int round) {
    Slots slots = new Slots(database);
    slots.drop(SLOT);
    if (discipline == Discipline.STREAMING) {
      slots.copy(Course.ORIGIN, SLOT);
    }
    Path folder = folder(discipline, round);
    Path properties = folder.resolve("engine.properties");
    DebeziumProperties.write(properties, database, discipline, SLOT);
    Path log = folder.resolve("log");
    try (MeteredProcess process =
        MeteredProcess.start(command(properties, folder), Map.of(), log, database)) {
      MeteredProcess.Ended ended = process.await();
      Tally tally = Tally.in(ended.output());
      return new Run(
          name(), discipline, tally.events(), tally.seconds(), tally.cpuSeconds(), ended.usage());
    } finally {
      slots.drop(SLOT);
    }
  }

  private List<String> command(Path properties, Path folder) {
    List<String> command = new ArrayList<>(List.of(Java.command()));
    command.addAll(settings.javaOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(DebeziumMain.class.getName(), properties.toString()));
    command.add(Long.toString(settings.debeziumRows()));
    if (sink == Sink.GZIP) {
      command.add(folder.resolve("events.json.gz").toString());
    }
    return command;
  }

  private Path folder(Discipline discipline, int round) {
    String name = "debezium-%s-%s-%d".formatted(sink, discipline, round);
    try {
      return Files.createDirectories(settings.work().resolve(name.toLowerCase(Locale.ROOT)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make folder: " + name, e);
    }
  }
}
