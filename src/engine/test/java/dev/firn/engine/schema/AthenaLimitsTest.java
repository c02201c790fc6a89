package dev.firn.engine.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.Column;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AthenaLimitsTest {

  private static final NestedField ID = NestedField.required(9, "id", Types.LongType.get());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bool",
        "int2",
        "int4",
        "int8",
        "oid",
        "float4",
        "float8",
        "numeric",
        "timestamptz",
        "timestamp",
        "date",
        "bytea",
        "text",
        "uuid",
        "jsonb",
        "time",
        "timetz",
        "interval",
        "inet",
        "money",
        "bit",
        "point",
        "tsvector",
        "int4range"
      })
  void columnsThatFirnMakesAreReadByAthena(String type) {
    assertWithin(column(type));
    assertWithin(column(type + "[]"));
  }

  @Test
  void aTableOfFormat3IsNamed() {
    assertEquals(
        List.of(
            "Athena cannot read this table: its Iceberg format version is 3, but Athena reads only up to 2"),
        beyond(3, ID));
  }

  @Test
  void columnsThatDifferByCaseAloneAreNamed() {
    assertEquals(
        List.of("Athena cannot read this table: Athena ignores the case of column names: id, ID"),
        beyond(2, ID, NestedField.optional(2, "ID", Types.StringType.get())));
  }

  @Test
  void typesThatOtherToolsGaveTheTableAreNamedAtAnyDepth() {
    NestedField at = NestedField.optional(2, "at", Types.TimeType.get());
    NestedField codes =
        NestedField.optional(3, "codes", Types.ListType.ofOptional(4, Types.FixedType.ofLength(2)));

    assertEquals(
        List.of(
            "Athena cannot read column: Athena does not support its type: at time",
            "Athena cannot read column: Athena does not support its type: codes.element fixed[2]"),
        beyond(2, ID, at, codes));
  }

  private static void assertWithin(NestedField column) {
    assertEquals(List.of(), beyond(2, ID, column), column::toString);
  }

  private static NestedField column(String type) {
    return NestedField.optional(2, "a", LakeTypes.of(new Column("a", type, List.of(), true, 0)));
  }

  private static List<String> beyond(int formatVersion, NestedField... columns) {
    return AthenaLimits.beyond(new Schema(columns), formatVersion);
  }
}
