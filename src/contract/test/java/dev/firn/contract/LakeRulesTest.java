package dev.firn.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.LakeRules.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LakeRulesTest {

  @Test
  void everyReservedNameIsRefusedInAnyCaseAndWithTheWayOut() {
    for (String name : ReservedColumns.names()) {
      for (String column : List.of(name, name.toUpperCase(Locale.ROOT))) {
        assertEquals(
            List.of(
                new Refusal(
                    "the lake reserves these column names: " + column,
                    "Rename them, or leave them out: tables: { sales: { exclude: [%s] } }."
                        .formatted(column))),
            LakeRules.refusals(table(column("id", "int4", 1), column(column, "text", 0))));
      }
    }
    assertTrue(ReservedColumns.names().containsAll(List.of("_op", "_epoch", "_file", "_row_id")));
    assertTrue(ReservedColumns.contains("_firn_outcome"));
  }

  @Test
  void aNameThatOnlyBeginsLikeAReservedOneIsTheSourcesOwn() {
    for (String name : List.of("_lsn_x", "_operation", "op", "lsn", "_firn", "_files")) {
      assertFalse(ReservedColumns.contains(name), name);
    }
  }

  @Test
  void columnsThatDifferInCaseOnlyAreRefusedByGroup() {
    assertEquals(
        List.of(List.of("Id", "ID"), List.of("straße", "STRAßE")),
        ReservedColumns.alike(List.of("Id", "straße", "ID", "strasse", "STRAßE", "note")));
    assertEquals(
        "the lake is case-insensitive, and these columns differ only in case: id, Id",
        LakeRules.refusals(table(column("id", "int4", 1), column("Id", "int4", 0))).get(0).why());
  }

  @Test
  void aKeyThatIcebergDoesNotTakeIsRefusedWithTheCopyThatFollowsItsRemedy() {
    for (String type : List.of("float4", "float8", "int4[]", "float8[]")) {
      Refusal refusal = LakeRules.refusals(table(column("measure", type, 1))).get(0);
      assertEquals(
          "Iceberg does not allow floats or arrays in a key: measure " + type, refusal.why());
      assertTrue(refusal.remedy().contains("sales: { key: [column] }"), refusal.remedy());
      assertTrue(refusal.remedy().contains("firn capture --resnapshot sales"), refusal.remedy());
    }
    assertEquals(List.of(), LakeRules.refusals(table(column("measure", "float8", 0))));
  }

  @Test
  void tokensThatBecomeOneNameAreFound() {
    List<TableToken> tokens = tokens("a.b_c", "a_b.c", "a_b_c", "sales", "a.b_c");

    assertEquals(List.of(tokens("a.b_c", "a_b.c", "a_b_c")), LakeRules.sharingAName(tokens));
    assertEquals(List.of(), LakeRules.sharingAName(tokens("sales", "sales", "a.b")));
    assertEquals(
        "several tokens map to the same name in the lake: a.b_c, a_b.c as a_b_c",
        LakeRules.sharedName(tokens("a.b_c", "a_b.c")).why());
  }

  private static List<TableToken> tokens(String... values) {
    return Arrays.stream(values).map(TableToken::new).toList();
  }

  private static Column column(String name, String type, int keyOrdinal) {
    return new Column(name, type, List.of(), keyOrdinal == 0, keyOrdinal);
  }

  private static SchemaDocument table(Column... columns) {
    return new SchemaDocument(
        new TableToken("sales"), "public.sales", List.of(columns), ReplicaIdentity.DEFAULT);
  }
}
