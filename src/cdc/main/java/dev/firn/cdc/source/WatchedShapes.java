package dev.firn.cdc.source;

import dev.firn.cdc.event.Shapes;
import dev.firn.cdc.event.TableShape;
import dev.firn.cdc.pgoutput.Message.Relation;
import java.util.Optional;

/** Shapes of the log; each new one is checked for changes that no event will report. */
public final class WatchedShapes implements Shapes {

  private final Shapes shapes;
  private final ColumnWatch watch;

  public WatchedShapes(Shapes shapes, ColumnWatch watch) {
    this.shapes = shapes;
    this.watch = watch;
  }

  @Override
  public long since(Relation relation) {
    return shapes.since(relation);
  }

  @Override
  public Optional<TableShape> shape(Relation relation, long lsn) {
    return shapes.shape(relation, lsn).map(shape -> watch.watched(relation.oid(), shape));
  }

  @Override
  public void described(Relation relation, long lsn) {
    shapes.described(relation, lsn);
  }
}
