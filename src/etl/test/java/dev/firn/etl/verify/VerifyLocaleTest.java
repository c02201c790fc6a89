package dev.firn.etl.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.Operation;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import dev.firn.testing.MachineLocale;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@OnPostgres
@OnSpark
@ExtendWith(MachineLocale.class)
class VerifyLocaleTest {

  @ParameterizedTest
  @MethodSource("dev.firn.testing.MachineLocale#all")
  void whatIsComparedAndShownIsTheSameOnMachinesOfAnyLanguage(
      String tag, TestDatabase database, TestLake lake) throws Exception {
    MachineLocale.set(tag);
    VerifyScenario scenario = VerifyScenario.sales(database, lake);
    database.execute("INSERT INTO sales SELECT n, 'I ' || n FROM generate_series(3, 1500) n");
    scenario.capture().captureLater(Operation.UPDATE, 1).merge();
    VerifyReport equal = scenario.verify();
    assertEquals(0, equal.exitCode(), equal.render());
    assertTrue(
        equal.render().matches("(?s).*sales +1,499 +1,499 +[0-9a-f]{8} +yes\n.*"), equal.render());
    assertEquals(
        "1500", lake.query("SELECT max(id) FROM " + lake.table("sales")).get(0).mkString());

    lake.query("DELETE FROM " + lake.table("sales") + " WHERE id > 20");
    assertTrue(scenario.verify().render().contains("\nsales: and 1,460 more keys\n"));
  }
}
