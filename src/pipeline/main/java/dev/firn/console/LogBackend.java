package dev.firn.console;

import java.util.ServiceLoader;

/**
 * What writes the log of a process. There is one on each class path, found as a service: Logback in
 * Firn's own processes, Spark's Log4j where Spark runs.
 */
public interface LogBackend {

  /** From now on lines are written by these settings. */
  void begin(LogSettings settings);

  static void beginFound(LogSettings settings) {
    ServiceLoader.load(LogBackend.class, LogBackend.class.getClassLoader())
        .forEach(backend -> backend.begin(settings));
  }
}
