package dev.firn.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.contract.SnapshotRecord.Run;
import dev.firn.contract.raw.RawPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotRecordTest {

  private static final TableToken SALES = new TableToken("sales");

  @Test
  void aRecordComesBackAsItWas() {
    SnapshotRecord record =
        new SnapshotRecord(
            SALES, 3626880, 700, List.of(new Run(500, 1, 8192), new Run(700, 16777217, 0)));

    assertEquals(
        "{\"table\":\"sales\",\"epoch\":3626880,\"lsn\":700,\"ranges\":["
            + "{\"lsn\":500,\"seq\":1,\"rows\":8192},{\"lsn\":700,\"seq\":16777217,\"rows\":0}]}",
        record.toJson());
    assertEquals(record, SnapshotRecord.parse(record.toJson()));
    assertEquals(8192, record.rows());
    assertEquals("_schema/sales/snapshots/3626880-700.json", RawPath.snapshotRecord(record));
  }

  @Test
  void fieldsOfANewerProducerAreSkipped() {
    SnapshotRecord record =
        SnapshotRecord.parse(
            "{\"new\":[{}],\"table\":\"sales\",\"epoch\":1,\"lsn\":2,\"ranges\":["
                + "{\"lsn\":2,\"seq\":1,\"rows\":3,\"new\":{}}]}");

    assertEquals(new SnapshotRecord(SALES, 1, 2, List.of(new Run(2, 1, 3))), record);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"table\":\"sales\",\"epoch\":1,\"lsn\":2}",
        "{\"table\":\"sales\",\"epoch\":4294967296,\"lsn\":2,\"ranges\":[]}",
        "{\"table\":\"sales\",\"epoch\":1,\"lsn\":2,\"ranges\":[{\"lsn\":2,\"seq\":1}]}",
        "{\"table\":\"sales\",\"epoch\":1,\"lsn\":2,\"ranges\":[{\"lsn\":3,\"seq\":1,\"rows\":1}]}",
        "{\"table\":\"sales\",\"epoch\":-1,\"lsn\":2,\"ranges\":[]}",
        "{\"table\":\"sales\",\"epoch\":1,\"lsn\":-2,\"ranges\":[]}",
        "{\"table\":\"sales\",\"epoch\":1,\"lsn\":2,\"ranges\":[{\"lsn\":-2,\"seq\":1,\"rows\":1}]}",
        "{\"table\":\"sales\",\"epoch\":1,\"lsn\":2,\"ranges\":[{\"lsn\":2,\"seq\":-1,\"rows\":1}]}",
        "{\"table\":\"sales\",\"epoch\":1,\"lsn\":2,\"ranges\":[{\"lsn\":2,\"seq\":1,\"rows\":-1}]}",
        "{\"table\":\"sales\",\"epoch\":1,\"lsn\":2,\"ranges\":[]} {}",
        "{\"table\":\"sales\",\"epoch\":1,\"lsn\":2,\"ranges\":[{\"lsn\":2,\"seq\":1,"
      })
  void halfARecordIsNone(String text) {
    assertThrows(MalformedRecordException.class, () -> SnapshotRecord.parse(text));
  }
}
