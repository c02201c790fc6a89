package dev.firn.engine.direct;

import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.judge.ForgottenChange;
import dev.firn.engine.row.FoldedChange;
import dev.firn.engine.row.RowObjects;
import dev.firn.engine.row.RowShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the changes of one task that can no longer be judged. */
final class ForgottenKeys {

  /**
   * The largest number for one task: there may be thousands of tasks, and all keys they name are
   * sent to the driver.
   */
  private static final int MOST = 1_000;

  private final RowShape shape;
  private final FoldedChange change;
  private final List<String> columns;
  private final List<ForgottenChange> named = new ArrayList<>();
  private long changes;

  /**
   * @param change a view that is moved from change to change
   */
  ForgottenKeys(RowShape shape, FoldedChange change) {
    this.shape = shape;
    this.change = change;
    this.columns =
        Arrays.stream(shape.key())
            .mapToObj(place -> shape.schema().columns().get(place).name())
            .toList();
  }

  /** Adds the change at the view's present place. */
  void add() {
    changes++;
    if (named.size() < MOST) {
      named.add(ForgottenChange.of(change.position(), columns, key()));
    }
  }

  private List<Object> key() {
    List<Object> key = new ArrayList<>();
    for (int place : shape.key()) {
      key.add(RowObjects.read(change.row(), place, shape.type().fields()[place].dataType()));
    }
    return key;
  }

  Forgotten end() {
    return new Forgotten(named, changes);
  }
}
