package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.testing.MachineLocale;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@OnPostgres
@ExtendWith(MachineLocale.class)
class CaptureLocaleTest {

  @TempDir Path raw;

  @ParameterizedTest
  @MethodSource("dev.firn.testing.MachineLocale#all")
  void eventsAndFilesAreTheSameOnMachinesOfAnyLanguage(String tag, TestDatabase database) {
    Scenario scenario =
        new Scenario(database, raw)
            .table("\"ITEMS\"", "id int PRIMARY KEY, n numeric, d date", "items");
    scenario.published();
    scenario.execute("INSERT INTO \"ITEMS\" VALUES (1, 1234.5, '0044-03-15 BC')");
    MachineLocale.set(tag);
    scenario.captureOnce();
    scenario.execute("UPDATE \"ITEMS\" SET n = -0.5");
    scenario.captureOnce();

    assertEquals(
        List.of(
            "r {id=1} {id=1, n=1234.5, d=-0043-03-15}", "u {id=1} {id=1, n=-0.5, d=-0043-03-15}"),
        scenario.told("items"));
    for (Path file : scenario.files()) {
      String path = raw.relativize(file).toString();
      assertTrue(
          path.matches("items/year=[0-9]{4}/month=[0-9]{2}/day=[0-9]{2}/hour=[0-9]{2}/.*"), path);
    }
  }
}
