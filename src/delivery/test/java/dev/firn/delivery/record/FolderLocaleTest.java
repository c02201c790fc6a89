package dev.firn.delivery.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.testing.MachineLocale;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(MachineLocale.class)
class FolderLocaleTest {

  @ParameterizedTest
  @MethodSource("dev.firn.testing.MachineLocale#all")
  void foldersAreTheSameOnMachinesOfAnyLanguage(String tag) {
    byte[] event =
        "{\"table\":\"sales\",\"event_timestamp\":1785900000}".getBytes(StandardCharsets.UTF_8);
    StreamRecord record = new StreamRecord(event, Instant.ofEpochSecond(1785900000));
    MachineLocale.set(tag);
    assertEquals(
        new Route.Folder("sales/year=2026/month=08/day=05/hour=03"),
        new RecordRouter().route(event));
    assertEquals(
        "error/partition-count-exceeded/year=2026/month=08/day=05/hour=03",
        ErrorRecord.folder(record, Refusal.partitionCount(500)));
  }
}
