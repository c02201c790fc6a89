package dev.firn.engine.typing;

import dev.firn.contract.TableToken;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.schema.SourceSchema;
import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.Schema;

/**
 * What an {@link EventTyper} knows of a table: worked out once, from what {@link EventReader} is
 * made of. It travels to the executors.
 */
final class TypingPlan implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What an event begins with, up to the value of its time stamp. */
  final byte[] head;

  final boolean changeLog;

  /** Of the documents whose events can be rows of this table. */
  final DocumentPlan[] documents;

  private TypingPlan(byte[] head, boolean changeLog, DocumentPlan[] documents) {
    this.head = head;
    this.changeLog = changeLog;
    this.documents = documents;
  }

  /**
   * @param schema of the lake's table, after it was brought to those of the source
   * @param changeLog every event is a row by itself: the table has no key
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
