package dev.firn.engine.typing;

import dev.firn.contract.TableToken;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.schema.SourceSchema;
import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.Schema;

/**
 * The data that an {@link EventTyper} needs about a table, computed once from the same inputs as
 * {@link EventReader}. It is serialized to the executors.
 */
final class TypingPlan implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The start of every event, up to the value of its timestamp. */
  final byte[] head;

  final boolean changeLog;

  /** The plans of the documents whose events can become rows of this table. */
  final DocumentPlan[] documents;

  private TypingPlan(byte[] head, boolean changeLog, DocumentPlan[] documents) {
    this.head = head;
    this.changeLog = changeLog;
    this.documents = documents;
  }

  /**
   * @param schema of the lake's table, after its evolution
   * @param changeLog whether every event becomes a row, because the table has no key
   */
  static TypingPlan of(
      TableToken table, Schema schema, List<SourceSchema> sources, boolean changeLog) {
    RowShape shape = RowShape.of(schema);
    DocumentPlan[] plans =
        sources.stream()
            .filter(source -> source.excluded().isEmpty())
            .filter(source -> RowBinding.of(source, schema).conflict().isEmpty())
            .map(source -> DocumentPlan.of(source.document(), shape))
            .toArray(DocumentPlan[]::new);
    byte[] head = JsonText.ascii("{\"table\":\"%s\",\"event_timestamp\":".formatted(table));
    return new TypingPlan(head, changeLog, plans);
  }
}
