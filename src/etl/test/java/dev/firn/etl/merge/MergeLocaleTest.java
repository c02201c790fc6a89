package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.Engine;
import dev.firn.testing.MachineLocale;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnSpark
@ExtendWith(MachineLocale.class)
class MergeLocaleTest {

  @ParameterizedTest
  @CsvSource({"ar-EG, SQL", "fa-IR, DIRECT", "tr-TR, SQL", "de-DE, DIRECT"})
  void rowsAreTheSameOnMachinesOfAnyLanguage(String tag, Engine engine, TestLake lake) {
    MachineLocale.set(tag);
    MergeScenario scenario =
        new MergeScenario(lake, Sales.SCHEMA, config -> Options.engine(config, engine));
    scenario.file(Sales.insert(10, 1, 5, "one"), Sales.insert(11, 2, 6, "two")).merge();
    scenario
        .file(
            Sales.truncate(12),
            Sales.insert(13, 2, 1234, "TITLE"),
            Sales.insert(14, 3, 7, "three"),
            Sales.delete(15, 3))
        .merge();
    scenario.file(Sales.insert(10, 1, 5, "late"), Sales.updateWithoutNote(16, 2, 8)).merge();

    assertEquals(List.of("2|8|TITLE"), scenario.rows());
  }
}
