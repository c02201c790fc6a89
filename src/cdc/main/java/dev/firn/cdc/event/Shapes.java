package dev.firn.cdc.event;

import dev.firn.cdc.pgoutput.Message.Relation;
import java.util.Optional;

/** Knows which tables are captured, and what the log does not contain about them. */
public interface Shapes {

  /**
   * Notes a relation before its changes. PostgreSQL also describes a partition whose changes it
   * sends as changes of the partitioned table.
   *
   * @param lsn of the transaction
   */
  void described(Relation relation, long lsn);

  /** The LSN before which committed changes of the relation are in the table's snapshot. */
  long since(Relation relation);

  /**
   * Empty for a table that is not captured, or no longer captured.
   *
   * @param lsn of the transaction that has the first change of this shape
   */
  Optional<TableShape> shape(Relation relation, long lsn);
}
