package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.raw.RawPath;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Columns change in the middle of a transaction: each row has the values, and names the schema, of
 * its own moment, though all of it is read later.
 */
@OnPostgres
class ColumnChangesTest {

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw);
    scenario.table("sales", "id int PRIMARY KEY, qty int, note varchar(9)").published();
    scenario.captureOnce();
  }

  @Test
  void aColumnAddedIsThereFromThenOn() {
    inOneTransaction(
        "INSERT INTO sales VALUES (1, 10, 'a')",
        "ALTER TABLE sales ADD COLUMN more numeric(5,2) NOT NULL DEFAULT 1",
        "INSERT INTO sales VALUES (2, 20, 'b', 2.5)",
        "UPDATE sales SET qty = 11 WHERE id = 1");

    assertEquals(
        List.of(
            "c {id=1} {id=1, qty=10, note=a}",
            "c {id=2} {id=2, qty=20, note=b, more=2.50}",
            "u {id=1} {id=1, qty=11, note=a, more=1.00}"),
        scenario.told("sales"));
    assertEquals(
        List.of(
            "id int4, qty int4, note varchar(9)",
            "id int4, qty int4, note varchar(9), more numeric(5,2)",
            "id int4, qty int4, note varchar(9), more numeric(5,2)"),
        schemas());
  }

  @Test
  void aColumnDroppedIsThereUpToThen() {
    inOneTransaction(
        "INSERT INTO sales VALUES (1, 10, 'a')",
        "ALTER TABLE sales DROP COLUMN qty",
        "INSERT INTO sales VALUES (2, 'b')",
        "DELETE FROM sales WHERE id = 1");

    assertEquals(
        List.of("c {id=1} {id=1, qty=10, note=a}", "c {id=2} {id=2, note=b}", "d {id=1}"),
        scenario.told("sales"));
    assertEquals(
        List.of(
            "id int4, qty int4, note varchar(9)",
            "id int4, note varchar(9)",
            "id int4, note varchar(9)"),
        schemas());
  }

  @Test
  void aColumnRenamedHasItsNameOfTheMoment() {
    inOneTransaction(
        "INSERT INTO sales VALUES (1, 10, 'a')",
        "ALTER TABLE sales RENAME COLUMN qty TO amount",
        "UPDATE sales SET amount = 11");

    assertEquals(
        List.of("c {id=1} {id=1, qty=10, note=a}", "u {id=1} {id=1, amount=11, note=a}"),
        scenario.told("sales"));
  }

  @Test
  void aKeyColumnRenamedHasItsNameOfTheMoment() {
    inOneTransaction(
        "INSERT INTO sales VALUES (1, 10, 'a')",
        "ALTER TABLE sales RENAME COLUMN id TO number",
        "UPDATE sales SET number = 2");

    assertEquals(
        List.of(
            "c {id=1} {id=1, qty=10, note=a}",
            "d {number=1}",
            "u {number=2} {number=2, qty=10, note=a}"),
        scenario.told("sales"));
  }

  @Test
  void namesThatAreSwappedAreNotMixedUp() {
    inOneTransaction(
        "ALTER TABLE sales ALTER note TYPE int USING 0",
        "INSERT INTO sales VALUES (1, 10, 20)",
        "ALTER TABLE sales RENAME qty TO was",
        "ALTER TABLE sales RENAME note TO qty",
        "ALTER TABLE sales RENAME was TO note",
        "UPDATE sales SET qty = 21");

    assertEquals(
        List.of("c {id=1} {id=1, qty=10, note=20}", "u {id=1} {id=1, note=10, qty=21}"),
        scenario.told("sales"));
  }

  @Test
  void aColumnOfAnotherTypeRewritesTheTableAndMakesNoEvents() {
    inOneTransaction(
        "INSERT INTO sales VALUES (1, 10, 'a'), (2, 20, '2026')",
        "ALTER TABLE sales ALTER qty TYPE numeric(6,2), ALTER note TYPE text",
        "UPDATE sales SET note = 'longer than nine' WHERE id = 1",
        "ALTER TABLE sales ALTER qty TYPE bool USING qty > 10",
        "UPDATE sales SET note = 'x' WHERE id = 2");

    assertEquals(
        List.of(
            "c {id=1} {id=1, qty=10, note=a}",
            "c {id=2} {id=2, qty=20, note=2026}",
            "u {id=1} {id=1, qty=10.00, note=longer than nine}",
            "u {id=2} {id=2, qty=true, note=x}"),
        scenario.told("sales"));
    assertEquals(
        List.of(
            "id int4, qty int4, note varchar(9)",
            "id int4, qty int4, note varchar(9)",
            "id int4, qty numeric(6,2), note text",
            "id int4, qty bool, note text"),
        schemas());
  }

  @Test
  void aColumnDroppedAndAddedAgainIsAtTheEnd() {
    inOneTransaction(
        "INSERT INTO sales VALUES (1, 10, 'a')",
        "ALTER TABLE sales DROP COLUMN qty, ADD COLUMN qty text",
        "UPDATE sales SET qty = 'many'");

    assertEquals(
        List.of("c {id=1} {id=1, qty=10, note=a}", "u {id=1} {id=1, note=a, qty=many}"),
        scenario.told("sales"));
  }

  @Test
  void aTypeThatIsGoneWhenItsRowsAreReadLeavesItsText() {
    scenario.execute(
        "CREATE TYPE mood AS ENUM ('ok')",
        "ALTER TABLE sales ADD COLUMN m mood",
        "INSERT INTO sales VALUES (1, 10, 'a', 'ok')",
        "ALTER TABLE sales DROP COLUMN m",
        "DROP TYPE mood");
    scenario.captureOnce();

    assertEquals(List.of("c {id=1} {id=1, qty=10, note=a, m=ok}"), scenario.told("sales"));
    assertEquals(List.of("id int4, qty int4, note varchar(9), m unknown"), schemas());
  }

  @Test
  void aKeyOfOtherColumnsIsTheKeyFromThenOn() {
    inOneTransaction(
        "INSERT INTO sales VALUES (1, 10, 'a')",
        "ALTER TABLE sales DROP CONSTRAINT sales_pkey, ADD PRIMARY KEY (qty, id)",
        "UPDATE sales SET note = 'b'");

    assertEquals(
        List.of("c {id=1} {id=1, qty=10, note=a}", "u {qty=10, id=1} {id=1, qty=10, note=b}"),
        scenario.told("sales"));
  }

  @Test
  void anAbandonedChangeOfColumnsLeavesNothing() {
    inOneTransaction(
        "INSERT INTO sales VALUES (1, 10, 'a')",
        "SAVEPOINT before",
        "ALTER TABLE sales DROP COLUMN qty",
        "INSERT INTO sales VALUES (2, 'b')",
        "ROLLBACK TO before",
        "INSERT INTO sales VALUES (3, 30, 'c')");

    assertEquals(
        List.of("c {id=1} {id=1, qty=10, note=a}", "c {id=3} {id=3, qty=30, note=c}"),
        scenario.told("sales"));
  }

  private void inOneTransaction(String... statements) {
    scenario.execute("BEGIN;" + String.join(";", statements) + ";COMMIT");
    scenario.captureOnce();
  }

  /** The columns in the schema document of each event. */
  private List<String> schemas() {
    return scenario.events().stream().map(this::schema).toList();
  }

  private String schema(ChangeEvent event) {
    try {
      Path document = raw.resolve(RawPath.schemaDocument(event.source()));
      return String.join(
          ", ",
          SchemaDocument.parse(Files.readString(document)).columns().stream()
              .map(ColumnChangesTest::told)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String told(Column column) {
    return column.name() + " " + column.declaration();
  }
}
