package dev.firn.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.firn.console.LogBackend;
import dev.firn.console.LogFormat;
import dev.firn.console.LogSettings;
import dev.firn.console.Logs;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Writes to stderr with Logback, since stdout is for results. */
public final class LogbackBackend implements LogBackend {

  @Override
  public void begin(LogSettings settings) {
    begin(settings, (LoggerContext) LoggerFactory.getILoggerFactory());
  }

  static void begin(LogSettings settings, LoggerContext context) {
    context.reset();
    takeOverJavaLogging(context);
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder(settings, context));
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.convertAnSLF4JLevel(settings.libraries()));
    root.addAppender(console);
    context.getLogger(Logs.FIRN).setLevel(Level.convertAnSLF4JLevel(settings.level()));
  }

  /**
   * pgjdbc logs with java.util.logging. Levels are passed on to it, so that disabled lines are not
   * even created.
   */
  private static void takeOverJavaLogging(LoggerContext context) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    LevelChangePropagator propagator = new LevelChangePropagator();
    propagator.setContext(context);
    propagator.setResetJUL(true);
    propagator.start();
    context.addListener(propagator);
  }

  private static Encoder<ILoggingEvent> encoder(LogSettings settings, LoggerContext context) {
    Encoder<ILoggingEvent> encoder =
        settings.format() == LogFormat.JSON
            ? new JsonLines(settings.stage())
            : text(settings.stage());
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  // The same format as Spark's log in bin/log4j2.properties.
  private static PatternLayoutEncoder text(String stage) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(
        // Cli sets Locale.ROOT; ISO dates have ASCII digits in any case.
        "%date{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\", UTC} %-5level "
            + stage
            + "%replace( [%X{"
            + Logs.TABLE
            + "}]){' \\[\\]', ''} %msg%n");
    return encoder;
  }
}
