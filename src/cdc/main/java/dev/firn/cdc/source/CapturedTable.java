package dev.firn.cdc.source;

import dev.firn.source.state.Trouble;
import java.util.Optional;

/**
 * A table whose snapshot was started.
 *
 * @param oid of the table
 * @param since the consistent point of its snapshot: changes committed before it are in the
 *     snapshot
 * @param complete whether it was copied completely
 * @param oldestChange the oldest transaction that the snapshot may not show, as a 32-bit number:
 *     rows written by it or a later one are newer than the snapshot
 * @param traits at its snapshot; empty if an older version of Firn recorded the table
 * @param trouble that needs a decision
 */
public record CapturedTable(
    long oid,
    long since,
    boolean complete,
    long oldestChange,
    Optional<TableTraits> traits,
    Optional<Trouble> trouble) {

  /** A table whose snapshot starts now. */
  public static CapturedTable begun(
      long oid, long since, long oldestChange, Optional<TableTraits> traits) {
    return new CapturedTable(oid, since, false, oldestChange, traits, Optional.empty());
  }
}
