package dev.firn.engine.direct;

import dev.firn.contract.Position;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.row.FoldedChange;
import dev.firn.engine.row.SortedChanges;
import dev.firn.engine.scan.OldRows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Reads the old rows that are needed to write some changes of a part: if the change lacks values,
 * or if the row in the table may have values that are older than the row.
 */
final class OldRowLookup {

  private final TaskInput work;
  private final Matches matches;
  private final int first;

  /** Keys by file and row. */
  private final Map<Integer, TreeMap<Integer, Integer>> wanted = new HashMap<>();

  private final Set<String> columns = new HashSet<>();

  OldRowLookup(TaskInput work, Matches matches, int first) {
    this.work = work;
    this.matches = matches;
    this.first = first;
  }

  /** The old rows by the ordinals of their keys in the part. */
  Map<Integer, OldRow> read(SortedChanges changes) {
    FoldedChange change = new FoldedChange(work.shape());
    for (int i = 0; i < changes.size(); i++) {
      if (matches.hasRow(first + i)) {
        consider(changes.look(change, i), i);
      }
    }
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Schema schema = projection();
    OldRows reader = new OldRows(work.mirror().io(), schema);
    Map<Integer, OldRow> found = new HashMap<>();
    wanted.forEach(
        (file, keys) -> {
          long[] rows = keys.keySet().stream().mapToLong(Integer::longValue).toArray();
          reader.read(
              work.files().get(file),
              rows,
              (row, place) -> found.put(keys.get((int) place), new OldRow(schema, row)));
        });
    return found;
  }

  private void consider(FoldedChange change, int ordinal) {
    Position row = matches.position(first + ordinal).orElseThrow();
    boolean isNewer = change.compareTo(row) > 0;
    if (change.isDeleted() || (isNewer && !change.hasUnchanged())) {
      return;
    }
    if (isNewer) {
      columns.addAll(unknown(change));
    } else if (work.unchanged().isPresent()) {
      work.shape().schema().columns().forEach(field -> columns.add(field.name()));
    } else {
      return;
    }
    int key = first + ordinal;
    wanted
        .computeIfAbsent(matches.file(key), none -> new TreeMap<>())
        .put(matches.row(key), ordinal);
  }

  /** The columns for which the table may have a newer value than the change. */
  private List<String> unknown(FoldedChange change) {
    int[] source = work.shape().source();
    List<NestedField> fields = work.shape().schema().columns();
    return java.util.stream.IntStream.range(0, source.length)
        .filter(i -> change.compareTo(change.knownAt(i)) > 0)
        .mapToObj(i -> fields.get(source[i]).name())
        .toList();
  }

  private Schema projection() {
    columns.addAll(RowMetadata.POSITION);
    columns.add(RowMetadata.UNCHANGED);
    return new Schema(
        work.mirror().schema().columns().stream()
            .filter(field -> columns.contains(field.name()))
            .toList());
  }
}
