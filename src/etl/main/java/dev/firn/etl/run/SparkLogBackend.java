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
 * Logs with Spark's Log4j. When started by {@code bin/firn}, {@code bin/log4j2.properties} defines
 * the lines; it reads stage and format from system properties. On AWS Glue and with spark-submit
 * the cluster defines appenders and format, and this class only sets levels.
 */
public final class SparkLogBackend implements LogBackend {

  /** The name in {@code bin/log4j2.properties}. */
  private static final String OURS = "Firn";

  // Without a reference, Log4j's context with its levels, and the level of a java.util.logging
  // logger, would be garbage collected.
  private static final LoggerContext CONTEXT = (LoggerContext) LogManager.getContext(false);
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  @Override
  public void begin(LogSettings settings) {
    System.setProperty("firn.log.stage", settings.stage());
    System.setProperty("firn.log.format", settings.format().name().toLowerCase(Locale.ROOT));
    if (OURS.equals(CONTEXT.getConfiguration().getName())) {
      CONTEXT.reconfigure();
    }
    Level libraries = Level.valueOf(settings.libraries().name());
    if (CONTEXT.getRootLogger().getLevel().isLessSpecificThan(libraries)) {
      Configurator.setRootLevel(libraries);
    }
    Configurator.setLevel(Logs.FIRN, Level.valueOf(settings.level().name()));
    takeOverJavaLogging(settings);
  }

  /** pgjdbc logs with java.util.logging. */
  private static void takeOverJavaLogging(LogSettings settings) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    DRIVER.setLevel(
        settings.libraries() == org.slf4j.event.Level.DEBUG
            ? java.util.logging.Level.FINE
            : java.util.logging.Level.WARNING);
  }
}
