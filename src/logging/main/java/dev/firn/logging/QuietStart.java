package dev.firn.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.firn.console.LogFormat;
import dev.firn.console.LogSettings;
import org.slf4j.event.Level;

/**
 * The initial configuration of Logback, until a command has read its options. Without it, Logback
 * would print every line.
 */
public final class QuietStart extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogbackBackend.begin(new LogSettings("firn", Level.INFO, LogFormat.TEXT), context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
