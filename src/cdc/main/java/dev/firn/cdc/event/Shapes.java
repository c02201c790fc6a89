package dev.firn.cdc.event;

import dev.firn.cdc.pgoutput.Message.Relation;
import java.util.Optional;

/** Knows which tables are captured, and what the log does not say of them. */
public interface Shapes {

  /** Empty for a table that is not captured. */
  Optional<TableShape> shape(Relation relation);
}
