package dev.firn.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaDocumentTest {

  private static final Column ID = new Column("id", "int8", List.of(), false, 2);
  private static final Column REGION = new Column("region", "bpchar", List.of(3), false, 1);
  private static final Column REVENUE = new Column("revenue", "numeric", List.of(14, 2), true, 0);

  @Test
  void aDocumentComesBackAsItWas() {
    SchemaDocument document = document(ID, REGION, REVENUE);

    assertEquals(document, SchemaDocument.parse(document.toJson()));
    assertEquals(List.of(REGION, ID), document.keyColumns());
    assertEquals("numeric(14,2)", REVENUE.declaration());
    assertEquals(
        "numeric(14,2)[]", new Column("a", "numeric[]", List.of(14, 2), true, 0).declaration());
  }

  @Test
  void theFingerprintFollowsTheContent() {
    // Written into files of years: it must never change for the same document.
    assertEquals("62cf16e0", document(ID, REGION, REVENUE).fingerprint());
    assertNotEquals(
        document(ID, REGION).fingerprint(), document(ID, REGION, REVENUE).fingerprint());
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> document(ID, ID));
    assertThrows(
        MalformedRecordException.class, () -> SchemaDocument.parse("{\"table\":\"sales\"}"));
  }

  private static SchemaDocument document(Column... columns) {
    return new SchemaDocument(
        new TableToken("sales"), "public.sales", List.of(columns), ReplicaIdentity.FULL);
  }
}
