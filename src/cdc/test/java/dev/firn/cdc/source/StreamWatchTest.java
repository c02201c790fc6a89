package dev.firn.cdc.source;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.contract.Clocks;
import dev.firn.source.SourceException;
import dev.firn.source.catalog.Slots;
import dev.firn.source.catalog.SqlSession;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a slot that does not exist: whoever asks the server hears that it streams to nobody. */
@OnPostgres
class StreamWatchTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Connection connection;
  private StreamWatch watch;
  private long nanos;

  @BeforeEach
  void watch(TestDatabase database) throws SQLException {
    connection = database.connect();
    Slots slots = new Slots(new SqlSession(connection), "missing");
    watch = new StreamWatch(slots, 1, PATIENCE, new Clocks(Clock.systemUTC(), () -> nanos));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void theServerIsAskedAfterSoMuchSilenceAndNotBefore() {
    pass(PATIENCE.minusNanos(1));
    watch.silent();
    pass(Duration.ofNanos(1));

    assertThrows(SourceException.class, watch::silent);
  }

  @Test
  void aMessageEndsTheSilence() {
    pass(PATIENCE);
    watch.heard();
    pass(PATIENCE.minusNanos(1));

    watch.silent();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
