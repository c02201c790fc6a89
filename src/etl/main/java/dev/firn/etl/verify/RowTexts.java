package dev.firn.etl.verify;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Converts a Spark row into the texts that PostgreSQL has for it. It is serialized to the
 * executors.
 *
 * @param values of each column, in the order of their names
 * @param ordinals of each column in the row; -1 for a column that the lake does not have: its value
 *     is null
 * @param key the places of the key's columns among these
 */
record RowTexts(List<ValueText> values, List<Integer> ordinals, List<Integer> key)
    implements Serializable {

  RowTexts {
    values = List.copyOf(values);
    ordinals = List.copyOf(ordinals);
    key = List.copyOf(key);
  }

  List<String> of(Row row) {
    List<String> texts = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      texts.add(text(row, i));
    }
    return texts;
  }

  long keyHash(Row row) {
    return TextHash.of(ArrayText.of(key.stream().map(i -> text(row, i)).toList()));
  }

  HashedRow hashed(Row row) {
    List<String> texts = of(row);
    long keyHash = TextHash.of(ArrayText.of(key.stream().map(texts::get).toList()));
    return new HashedRow(keyHash, TextHash.of(ArrayText.of(texts)));
  }

  private String text(Row row, int column) {
    int ordinal = ordinals.get(column);
    return ordinal < 0 || row.isNullAt(ordinal) ? null : values.get(column).of(row.get(ordinal));
  }
}
