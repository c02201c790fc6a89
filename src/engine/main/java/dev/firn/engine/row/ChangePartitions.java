package dev.firn.engine.row;

import java.io.Serializable;

/** Splits changes into parts; all of one key are in one. It travels to the executors. */
public interface ChangePartitions extends Serializable {

  int count();

  /** The part of a change, from 0 to below {@link #count()}. */
  int of(FoldedChange change);
}
