package dev.firn.cdc.event;

import dev.firn.cdc.pgoutput.Message.Relation;
import java.util.Optional;

/** Knows which tables are captured, and what the log does not say of them. */
public interface Shapes {

  /**
   * Takes note of a relation before its changes. PostgreSQL describes a partition, too, whose
   * changes it sends as those of its table.
   *
   * @param lsn of the transaction
   */
  void described(Relation relation, long lsn);

  /** LSN: changes of the relation that were committed before it are in the table's snapshot. */
  long since(Relation relation);

  /**
   * Empty for a table that is not captured, or no longer.
   *
   * @param lsn of the transaction that has the first change of this shape
   */
  Optional<TableShape> shape(Relation relation, long lsn);
}
