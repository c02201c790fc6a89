package dev.firn.engine.row;

import java.io.Serializable;

/**
 * Splits changes into parts; all changes of a key are in the same part. It is serialized to the
 * executors.
 */
public interface ChangePartitions extends Serializable {

  int count();

  /** The part of a change, from 0 up to, but not including, {@link #count()}. */
  int of(FoldedChange change);
}
