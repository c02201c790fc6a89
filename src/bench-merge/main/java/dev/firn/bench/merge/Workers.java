package dev.firn.bench.merge;

import java.util.EnumMap;
import java.util.Map;

/** The processes of the contenders, one an engine, each started when it is first needed. */
final class Workers implements AutoCloseable {

  private final Settings settings;
  private final Map<Entrant.Engine, WorkerProcess> started = new EnumMap<>(Entrant.Engine.class);

  Workers(Settings settings) {
    this.settings = settings;
  }

  /** Makes what the contenders but Firn copy their tables from. */
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
    // One that has ended takes its contender with it, and no other.
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
