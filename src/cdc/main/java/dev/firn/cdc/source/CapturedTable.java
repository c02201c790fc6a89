package dev.firn.cdc.source;

import dev.firn.source.state.Trouble;
import java.util.Optional;

/**
 * A table whose snapshot was begun.
 *
 * @param oid of the table
 * @param since the consistent point of its snapshot: changes that were committed before are in it
 * @param complete whether all of it was copied
 * @param oldestChange the oldest transaction that the snapshot may not show, as a 32-bit number:
 *     rows written by it or a later one are newer than the snapshot
 * @param traits as its snapshot found them; empty when an older version of Firn recorded it
 * @param trouble that somebody has to decide on
 */
public record CapturedTable(
    long oid,
    long since,
    boolean complete,
    long oldestChange,
    Optional<TableTraits> traits,
    Optional<Trouble> trouble) {

  /** Its snapshot begins now. */
  public static CapturedTable begun(
      long oid, long since, long oldestChange, Optional<TableTraits> traits) {
    return new CapturedTable(oid, since, false, oldestChange, traits, Optional.empty());
  }
}
