package dev.firn.engine.schema;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.contract.Column;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorSchemaTest {

  @ParameterizedTest
  @CsvSource({"float4, float", "float8, double", "int4[], list<int>"})
  void aKeyThatIcebergDoesNotTakeIsRefusedByName(String source, String lake) {
    SchemaDocument document = keyed("measure", source);

    OperatorException refused =
        assertThrows(OperatorException.class, () -> MirrorSchema.of(document));

    String told =
        "Cannot create table readings: Iceberg does not allow a key of type %s: column measure. ";
    assertTrue(refused.getMessage().startsWith(told.formatted(lake)), refused.getMessage());
  }

  private static SchemaDocument keyed(String column, String type) {
    return new SchemaDocument(
        new TableToken("readings"),
        "public.readings",
        List.of(new Column(column, type, List.of(), false, 1)),
        ReplicaIdentity.DEFAULT);
  }
}
