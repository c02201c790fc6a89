package dev.firn.engine.direct;

import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.judge.ForgottenChange;
import dev.firn.engine.row.FoldedChange;
import dev.firn.engine.row.RowObjects;
import dev.firn.engine.row.RowShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps of the changes of one task those that cannot be judged any more. */
final class ForgottenKeys {

  /** Of one task: there may be thousands of tasks, and what they name comes to the driver. */
  private static final int MOST = 1_000;

  private final RowShape shape;
  private final FoldedChange change;
  private final List<String> columns;
  private final List<ForgottenChange> named = new ArrayList<>();
  private long changes;

  /**
   * @param change the view that is moved from change to change
   */
  ForgottenKeys(RowShape shape, FoldedChange change) {
    this.shape = shape;
    this.change = change;
    this.columns =
        Arrays.stream(shape.key())
            .mapToObj(place -> shape.schema().columns().get(place).name())
            .toList();
  }

  /** Takes the change that is looked at. */
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
