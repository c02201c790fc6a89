package dev.firn.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.firn.console.Logs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** One JSON object per line, with the field names of Spark's log in bin/log4j2.properties. */
final class JsonLines extends EncoderBase<ILoggingEvent> {

  private static final byte[] NONE = {};

  private final JsonFactory json = new JsonFactory();
  private final String stage;

  JsonLines(String stage) {
    this.stage = stage;
  }

  @Override
  public byte[] headerBytes() {
    return NONE;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator out = json.createGenerator(line)) {
      write(event, out);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a line of the log", e);
    }
    line.write('\n');
    return line.toByteArray();
  }

  @Override
  public byte[] footerBytes() {
    return NONE;
  }

  private void write(ILoggingEvent event, JsonGenerator out) throws IOException {
    Map<String, String> context = event.getMDCPropertyMap();
    out.writeStartObject();
    out.writeStringField("time", event.getInstant().toString());
    out.writeStringField("level", event.getLevel().toString());
    out.writeStringField("stage", stage);
    if (context.containsKey(Logs.TABLE)) {
      out.writeStringField("table", context.get(Logs.TABLE));
    }
    out.writeStringField("logger", event.getLoggerName());
    out.writeStringField("message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      out.writeStringField("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    out.writeEndObject();
  }
}
