package dev.firn.etl.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.LakeConfig;
import dev.firn.testing.MachineLocale;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@OnSpark
@ExtendWith(MachineLocale.class)
class LakeQueryTest {

  private LakeQuery lake;

  @BeforeEach
  void fill(TestLake lake) {
    lake.query(
        "CREATE TABLE " + lake.table("sales") + " (id INT, note STRING, raw BINARY) USING iceberg");
    lake.query(
        "INSERT INTO "
            + lake.table("sales")
            + " VALUES (1, 'a \"b\", c', X'00FF'), (2, NULL, NULL), (3, '', X'')");
    this.lake = new LakeQuery(lake.spark(), lake.config());
  }

  @Test
  void aTableIsForPeople() throws Exception {
    assertEquals(
        """
        id  note      raw   id
        --  --------  ----  --
         3            NULL   3
         2  NULL      NULL   2
         1  a "b", c  00FF   1
        (3 rows)
        """,
        lake.answer(
            "SELECT id, note, nullif(raw, X'') raw, id FROM sales ORDER BY id DESC -- done",
            Format.TABLE,
            1000));
  }

  @ParameterizedTest
  @MethodSource("dev.firn.testing.MachineLocale#all")
  void answersAreTheSameOnMachinesOfAnyLanguage(String tag) throws Exception {
    MachineLocale.set(tag);
    assertEquals(
        """
             n    x  t
          ----  ---  -----
          1234  0.5  TITLE
          (1 row)
          """,
        lake.answer("SELECT 1234 AS n, 0.5 AS x, upper('title') AS t", Format.TABLE, 10));
  }

  @Test
  void theLimitIsReported() throws Exception {
    String text = lake.answer("SELECT id FROM sales ORDER BY id DESC", Format.TABLE, 2);

    assertTrue(text.endsWith(" 3\n 2\n(the first 2 rows; raise --limit to see more)\n"), text);
    assertTrue(lake.answer("TABLE sales;", Format.TABLE, 3).endsWith("(3 rows)\n"));
  }

  @Test
  void csvDistinguishesNullFromEmpty() throws Exception {
    assertEquals(
        "id,note,raw\n1,\"a \"\"b\"\", c\",00FF\n2,,\n3,\"\",\"\"\n",
        lake.answer("SELECT * FROM sales ORDER BY id", Format.CSV, 10));
  }

  @Test
  void jsonHasItsNulls() throws Exception {
    assertEquals(
        "{\"id\":2,\"note\":null,\"l\":[1,null]}\n",
        lake.answer(
            "SELECT id, note, array(1, null) AS l FROM sales WHERE id = 2", Format.JSON, 10));
  }

  @Test
  void whatWritesIsRefused() throws Exception {
    List<String> statements =
        List.of(
            "DROP TABLE sales",
            "DELETE FROM sales",
            "INSERT INTO sales SELECT * FROM sales",
            "WITH x AS (SELECT * FROM sales) INSERT INTO sales SELECT * FROM x",
            "FROM sales INSERT INTO sales SELECT *",
            "/* SELECT */ TRUNCATE TABLE sales",
            "SELECT 1) x; DROP TABLE sales; SELECT * FROM (SELECT 1",
            "CREATE TABLE other AS SELECT 1",
            "SET spark.sql.caseSensitive = true");

    statements.forEach(this::assertRefused);

    assertTrue(lake.answer("SELECT id FROM sales", Format.TABLE, 10).endsWith("(3 rows)\n"));
    assertFalse(lake.answer("SHOW TABLES", Format.TABLE, 10).contains("other"));
  }

  @Test
  void aMistakeIsOneLine() {
    List<String> mistakes =
        List.of(
            "SELECT nothing FROM sales",
            "SELECT * FROM nowhere",
            "SELEC 1",
            "SELECT FROM WHERE",
            "",
            "SELECT element_at(array(id), id - id) FROM sales");

    mistakes.forEach(this::assertRefused);
  }

  @Test
  void statementsAboutTablesAreNotRefused() throws Exception {
    for (String sql :
        List.of("SHOW TABLES", "DESCRIBE TABLE sales", "EXPLAIN SELECT * FROM sales")) {
      assertTrue(lake.answer(sql, Format.TABLE, 10).contains(" row"), sql);
    }
  }

  private void assertRefused(String sql) {
    OperatorException refusal =
        assertThrows(OperatorException.class, () -> lake.answer(sql, Format.TABLE, 10), sql);
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
  }

  @Test
  void aLakeThatIsNotThereYetIsSaid(TestLake there) {
    LakeConfig config =
        new LakeConfig(there.config().catalog(), "nothing", there.config().warehouse());

    OperatorException refusal =
        assertThrows(
            OperatorException.class,
            () -> new LakeQuery(there.spark(), config).answer("SELECT 1", Format.TABLE, 1));

    assertTrue(refusal.getMessage().contains("firn merge"), refusal.getMessage());
  }
}
