package dev.firn.engine.typing;

import dev.firn.engine.row.ChangeWriter;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/**
 * Types the images of an event: objects with the columns of its schema document, in its order; only
 * those listed in {@code unchanged} may be missing.
 */
final class ImageTyper {

  private static final byte[] UNCHANGED = JsonText.ascii(",\"unchanged\":[");

  private final JsonText json;
  private final ValueTyper values;
  private final boolean changeLog;
  private DocumentPlan document;
  private UnsafeRowWriter row;
  private int[] keyFrom = {};
  private int[] keyTo = {};
  private int[] left = {};
  private int leftCount;
  private int valueFrom;

  ImageTyper(JsonText json, boolean changeLog) {
    this.json = json;
    this.values = new ValueTyper(json);
    this.changeLog = changeLog;
  }

  /** Starts a change, and stores the place of the key's values, which is the cursor. */
  boolean begin(DocumentPlan plan, ChangeWriter into) {
    document = plan;
    into.begin();
    row = into.row();
    leftCount = 0;
    int columns = plan.columns.length;
    if (left.length < columns) {
      left = new int[columns];
      keyFrom = new int[columns];
      keyTo = new int[columns];
    }
    return noteKey();
  }

  private boolean noteKey() {
    boolean taken = json.take('{');
    for (int i = 0; taken && i < document.key.length; i++) {
      int column = document.key[i];
      taken = json.take(document.columns[column].field, i == 0 ? 1 : 0);
      keyFrom[column] = json.at();
      taken = taken && json.takeValue();
      keyTo[column] = json.at();
    }
    return taken && json.take('}');
  }

  /** Types an image and the list of its missing columns. */
  boolean typeRow() {
    if (!json.take('{')) {
      return false;
    }
    boolean first = true;
    for (int i = 0; i < document.columns.length; i++) {
      ColumnPlan column = document.columns[i];
      if (json.take(column.field, first ? 1 : 0)) {
        first = false;
        if (!typeValue(column) || !isKeysOwn(i)) {
          return false;
        }
      } else {
        row.setNullAt(column.place);
        left[leftCount++] = i;
      }
    }
    setNull(document.absent);
    return !first && json.take('}') && takeUnchanged();
  }

  private boolean typeValue(ColumnPlan column) {
    valueFrom = json.at();
    if (json.peek() == 'n') {
      row.setNullAt(column.place);
      return json.takeNull();
    }
    return values.type(column, column.place, row);
  }

  /** Whether a typed key column of a mirror has the same bytes as in the key. */
  private boolean isKeysOwn(int column) {
    if (changeLog || !document.isKey[column]) {
      return true;
    }
    byte[] bytes = json.bytes();
    return bytes[valueFrom] != 'n'
        && Arrays.equals(bytes, keyFrom[column], keyTo[column], bytes, valueFrom, json.at());
  }

  /** The missing columns are unknown, and are listed in the order of the columns. */
  private boolean takeUnchanged() {
    if (leftCount == 0) {
      return true;
    }
    boolean taken = json.take(UNCHANGED);
    for (int i = 0; taken && i < leftCount; i++) {
      boolean inKey = !changeLog && document.isKey[left[i]];
      taken = !inKey && json.take(document.columns[left[i]].quoted, i == 0 ? 1 : 0);
    }
    return taken && json.take(']');
  }

  /** Ordinals of the columns whose value is unknown. */
  int[] unknown() {
    int[] ordinals = new int[leftCount];
    for (int i = 0; i < leftCount; i++) {
      ordinals[i] = document.columns[left[i]].ordinal;
    }
    return ordinals;
  }

  /** Skips an image: some of the columns, with any values. */
  boolean passRow() {
    boolean taken = json.take('{');
    boolean first = true;
    for (ColumnPlan column : document.columns) {
      if (taken && json.take(column.field, first ? 1 : 0)) {
        first = false;
        taken = json.takeValue();
      }
    }
    return taken && json.take('}');
  }

  /** Types the key's values, in the order of the columns; all others are null. */
  boolean typeKey() {
    int after = json.at();
    setNull(document.beside);
    for (int i = 0; i < document.columns.length; i++) {
      if (document.isKey[i]) {
        json.moveTo(keyFrom[i]);
        ColumnPlan column = document.columns[i];
        boolean typed = json.peek() != 'n' && values.type(column, column.place, row);
        if (!typed || json.at() != keyTo[i]) {
          return false;
        }
      }
    }
    json.moveTo(after);
    return true;
  }

  /** A row without any value. */
  boolean typeNothing() {
    for (ColumnPlan column : document.columns) {
      row.setNullAt(column.place);
    }
    setNull(document.absent);
    return true;
  }

  private void setNull(int... places) {
    for (int place : places) {
      row.setNullAt(place);
    }
  }
}
