package dev.firn.engine.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.engine.lake.RowMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folding in any order and any grouping has the same result as applying the events one by one. */
class FoldTest {

  private static final int KEYS = 40;
  private static final int EVENTS = 600;

  /** {@code note} is null if the event does not contain it. */
  private record Event(int key, int lsn, boolean deletes, String note) {}

  private static final RowShape SHAPE = RowShape.of(schema());

  private static Schema schema() {
    List<NestedField> fields = new ArrayList<>();
    fields.add(NestedField.required(1, "id", Types.IntegerType.get()));
    fields.add(NestedField.optional(2, "note", Types.StringType.get()));
    fields.addAll(RowMetadata.fields(3));
    return new Schema(fields, java.util.Set.of(1));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderAndAnyGroupingComeToTheSame(long seed) {
    Random random = new Random(seed);
    List<Event> events = events(random);
    Map<Integer, String> expected = oneAfterTheOther(events);
    Collections.shuffle(events, random);

    Fold whole = new Fold(SHAPE);
    Fold adopting = new Fold(SHAPE);
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + 1 + random.nextInt(200));
      Fold part = new Fold(SHAPE);
      events.subList(from, to).forEach(event -> part.add(change(event), 0));
      List<ChangePage> pages = part.drain().pages();
      pages.forEach(whole::addAll);
      pages.forEach(adopting::adopt);
      from = to;
    }

    assertEquals(expected, told(whole.sorted()));
    assertEquals(expected, told(adopting.sorted()));
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {10, 70_000, 400_000})
  void aHotKeyTakesTheRoomOfOneChange(int longest) {
    Random random = new Random(longest);
    Fold fold = new Fold(SHAPE);
    int events = 400;
    for (int lsn = 1; lsn <= events; lsn++) {
      fold.add(change(new Event(1, lsn, false, "x".repeat(random.nextInt(longest)))), 0);
    }
    fold.add(change(new Event(1, events + 1, false, "last")), 0);

    ChangeBlock block = fold.drain();

    assertEquals(1, block.changes());
    assertTrue(block.bytes() < 1000, "bytes: " + block.bytes());
    assertTrue(
        block.pages().stream().mapToLong(page -> page.bytes().length).sum()
            <= 3L * Fold.FULL + longest);
    Fold again = new Fold(SHAPE);
    block.pages().forEach(again::addAll);
    assertEquals(Map.of(1, "401 of 401 events, 1 newest: last@401"), told(again.sorted()));
  }

  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    for (int lsn = 1; lsn <= EVENTS; lsn++) {
      String note = random.nextInt(3) == 0 ? null : "note " + "y".repeat(random.nextInt(30)) + lsn;
      Event event = new Event(random.nextInt(KEYS) - KEYS / 2, lsn, random.nextInt(5) == 0, note);
      events.add(event);
      if (random.nextInt(4) == 0) {
        events.add(event);
      }
    }
    return events;
  }

  private static Map<Integer, String> oneAfterTheOther(List<Event> events) {
    Map<Integer, String> notes = new TreeMap<>();
    Map<Integer, Integer> seen = new TreeMap<>();
    Map<Integer, Integer> newest = new TreeMap<>();
    Map<Integer, Integer> last = new TreeMap<>();
    for (Event event : events) {
      boolean again = Integer.valueOf(event.lsn()).equals(last.put(event.key(), event.lsn()));
      newest.merge(event.key(), 1, (before, one) -> again ? before + one : one);
      seen.merge(event.key(), 1, Integer::sum);
      if (event.deletes()) {
        notes.put(event.key(), "null@" + event.lsn() + " deleted");
      } else if (event.note() != null) {
        notes.put(event.key(), event.note() + "@" + event.lsn());
      } else {
        notes.merge(event.key(), "null@0", (before, none) -> before.replace(" deleted", ""));
      }
    }
    notes.replaceAll(
        (key, note) ->
            "%d of %d events, %d newest: %s"
                .formatted(last.get(key), seen.get(key), newest.get(key), note));
    return notes;
  }

  private static Map<Integer, String> told(SortedChanges changes) {
    Map<Integer, String> told = new TreeMap<>();
    FoldedChange change = new FoldedChange(SHAPE);
    int before = Integer.MIN_VALUE;
    for (int i = 0; i < changes.size(); i++) {
      changes.look(change, i);
      UnsafeRow row = change.row();
      assertTrue(row.getInt(0) > before, "ascending keys");
      before = row.getInt(0);
      String note = row.isNullAt(1) ? "null" : row.getUTF8String(1).toString();
      told.put(
          before,
          "%d of %d events, %d newest: %s@%d%s"
              .formatted(
                  change.lsn(),
                  change.events(),
                  change.newest(),
                  note,
                  change.knownAt(1).lsn(),
                  change.isDeleted() ? " deleted" : ""));
    }
    return told;
  }

  private static byte[] change(Event event) {
    ChangeWriter writer = new ChangeWriter(SHAPE);
    writer.begin();
    writer.row().write(0, event.key());
    if (event.deletes() || event.note() == null) {
      writer.row().setNullAt(1);
    } else {
      writer.row().write(1, UTF8String.fromString(event.note()));
    }
    Operation operation = event.deletes() ? Operation.DELETE : Operation.UPDATE;
    int[] unknown = event.deletes() || event.note() != null ? new int[0] : new int[] {1};
    writer.end(operation, new Position(1, event.lsn(), 0), 0, unknown);
    return writer.bytes();
  }
}
