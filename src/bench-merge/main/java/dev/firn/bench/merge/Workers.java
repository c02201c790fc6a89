package dev.firn.bench.merge;

import java.util.EnumMap;
import java.util.Map;

/** The processes of the contenders, one per engine, each started when first needed. */
final class Workers implements AutoCloseable {

  private final Settings settings;
  private final Map<Entrant.Engine, WorkerProcess> started = new EnumMap<>(Entrant.Engine.class);

  Workers(Settings settings) {
    this.settings = settings;
  }

  /** Creates the data from which all contenders except Firn copy their tables. */
  void stage(Course course) {
    of(Entrant.Engine.ICEBERG).tell("stage " + course.name());
  }

  void lay(Course course, Entrant entrant) {
    of(entrant.engine()).tell("lay " + course.name() + " " + entrant);
  }

  Measure run(Course course, Entrant entrant) {
    return Measure.parse(of(entrant.engine()).tell("run " + course.name() + " " + entrant));
  }

  private WorkerProcess of(Entrant.Engine engine) {
    // A process that has died fails its own contender and no other.
    return started.compute(
        engine,
        (one, running) ->
            running != null && running.isAlive() ? running : WorkerProcess.start(one, settings));
  }

  @Override
  public void close() {
    started.values().forEach(WorkerProcess::close);
  }
}
