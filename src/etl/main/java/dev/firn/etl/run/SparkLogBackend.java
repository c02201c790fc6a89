package dev.firn.etl.run;

import dev.firn.console.LogBackend;
import dev.firn.console.LogSettings;
import dev.firn.console.Logs;
import java.util.Locale;
import java.util.logging.Logger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Writes by Spark's Log4j. Started by {@code bin/firn}, the lines are those of {@code
 * bin/log4j2.properties}, which asks for stage and format by properties of the Java machine. On AWS
 * Glue and under spark-submit appenders and format are those of the cluster; only levels are set.
 */
public final class SparkLogBackend implements LogBackend {

  /** The name in {@code bin/log4j2.properties}. */
  private static final String OURS = "Firn";

  // Log4j forgets a context with its levels, and Java's logging the level of a logger, if nobody
  // holds it.
  private static final LoggerContext CONTEXT = (LoggerContext) LogManager.getContext(false);
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  @Override
  public void begin(LogSettings settings) {
    System.setProperty("firn.log.stage", settings.stage());
    System.setProperty("firn.log.format", settings.format().name().toLowerCase(Locale.ROOT));
    if (CONTEXT.getConfiguration().getName().equals(OURS)) {
      CONTEXT.reconfigure();
    }
    Level libraries = Level.valueOf(settings.libraries().name());
    if (CONTEXT.getRootLogger().getLevel().isLessSpecificThan(libraries)) {
      Configurator.setRootLevel(libraries);
    }
    Configurator.setLevel(Logs.FIRN, Level.valueOf(settings.level().name()));
    takeOverJavaLogging(settings);
  }

  /** pgjdbc logs that way. */
  private static void takeOverJavaLogging(LogSettings settings) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    DRIVER.setLevel(
        settings.libraries() == org.slf4j.event.Level.DEBUG
            ? java.util.logging.Level.FINE
            : java.util.logging.Level.WARNING);
  }
}
