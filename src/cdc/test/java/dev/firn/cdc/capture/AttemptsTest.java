package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.capture.Attempts.Outcome;
import dev.firn.cdc.capture.CaptureOptions.Beginning;
import dev.firn.cdc.capture.CaptureOptions.Decisions;
import dev.firn.cdc.capture.CaptureOptions.End;
import dev.firn.console.StopSignal;
import dev.firn.source.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private static final CaptureOptions OPTIONS =
      new CaptureOptions(
          Beginning.WHERE_IT_ENDED, End.WHEN_STOPPED, Duration.ZERO, 1, Decisions.NONE);

  private static final CaptureReport REPORT =
      new CaptureReport(Map.of(), 0, "", 0, 0, Duration.ZERO, List.of());

  @Test
  void aBrokenConnectionIsReportedWithWhatWasDoneAndWhy() throws IOException, InterruptedException {
    List<String> notices = new ArrayList<>();
    StopSignal stop = new StopSignal();
    stop.request();
    RuntimeException failure =
        new SourceException(
            "stream from replication slot firn",
            new SQLException("Database connection failed", "08006", new EOFException()));

    CaptureReport report =
        new Attempts(stop, notices::add, new Random(1))
            .run(options -> new Outcome(REPORT, Optional.of(failure)), OPTIONS);

    assertSame(REPORT, report);
    assertEquals(1, notices.size());
    assertTrue(
        notices
            .get(0)
            .startsWith(
                "connection lost: Cannot stream from replication slot firn: Database connection"
                    + " failed: EOFException; reconnecting in "),
        notices.get(0));
  }
}
