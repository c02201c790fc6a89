package dev.firn.local.workload;

import static dev.firn.local.workload.SampleTable.SALES;

import dev.firn.local.workload.Change.AddColumn;
import dev.firn.local.workload.Change.Delete;
import dev.firn.local.workload.Change.Insert;
import dev.firn.local.workload.Change.Update;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The workload as a list of steps, made from the sample data and a seed: the same data and seed
 * give the same steps.
 *
 * <p>The initial phase loads the tables. The incremental one plays the later export line by line,
 * one to four lines a transaction, with a {@link Scenes scene} after every so many lines and a
 * column added half-way, which the lines after it fill.
 */
final class Script {

  private static final int ROWS_A_BATCH = 250;
  private static final int LINES_A_SCENE = 8;
  private static final List<String> CHANNELS = List.of("cửa hàng", "online", "đại lý");

  private final SampleData data;
  private final Random random;
  private final Shop shop = new Shop();
  private final List<Step> initial;
  private final List<Step> incremental;

  Script(SampleData data, long seed) {
    this.data = data;
    this.random = new Random(seed);
    this.initial = writeInitial();
    this.incremental = writeIncremental();
  }

  List<Step> initial() {
    return initial;
  }

  List<Step> incremental() {
    return incremental;
  }

  /** The contents of the tables at the end. */
  Shop shop() {
    return shop;
  }

  private List<Step> writeInitial() {
    List<Step> steps = new ArrayList<>();
    for (SampleTable table : SampleTable.values()) {
      List<Row> rows = data.initial().get(table);
      for (int from = 0; from < rows.size(); from += ROWS_A_BATCH) {
        int to = Math.min(rows.size(), from + ROWS_A_BATCH);
        steps.add(Step.Commit.of(made(new Insert(table, rows.subList(from, to)))));
      }
    }
    return List.copyOf(steps);
  }

  private List<Step> writeIncremental() {
    List<Step> steps = new ArrayList<>();
    List<Supplier<Step>> scenes = new Scenes(shop, random).all();
    Iterator<Row> lines = data.incremental().iterator();
    int played = 0;
    int nextScene = 0;
    boolean channels = false;
    while (lines.hasNext()) {
      Step transaction = transaction(lines, channels);
      steps.add(transaction);
      played += transaction.size();
      if (played / LINES_A_SCENE > nextScene) {
        steps.add(made(scenes.get(nextScene++ % scenes.size()).get()));
      }
      if (!channels && played >= data.incremental().size() / 2) {
        steps.add(Step.Commit.of(made(new AddColumn(SALES, "channel", "text"))));
        channels = true;
      }
    }
    return List.copyOf(steps);
  }

  private Step transaction(Iterator<Row> lines, boolean channels) {
    int size = random.nextInt(10) < 7 ? 1 : 2 + random.nextInt(3);
    List<Change> changes = new ArrayList<>();
    while (changes.size() < size && lines.hasNext()) {
      Row line = lines.next();
      changes.add(made(change(channels ? line.with("channel", channel()) : line)));
    }
    return new Step.Commit(changes);
  }

  /** A line with a known key corrects the row, or cancels it with a quantity of 0. */
  private Change change(Row line) {
    Row key = SALES.key(line);
    if (!shop.holds(SALES, key)) {
      return Insert.of(SALES, line);
    }
    return line.value("quantity").equals("0")
        ? new Delete(SALES, key)
        : new Update(SALES, key, line.without(SALES.keyColumns()));
  }

  private String channel() {
    int place = random.nextInt(CHANNELS.size() + 1);
    return place == CHANNELS.size() ? null : CHANNELS.get(place);
  }

  private Change made(Change change) {
    change.apply(shop);
    return change;
  }

  private Step made(Step step) {
    if (step instanceof Step.Commit commit) {
      commit.changes().forEach(this::made);
    } else if (step instanceof Step.SideBySide pair) {
      pair.second().forEach(this::made);
      pair.first().forEach(this::made);
    }
    return step;
  }
}
