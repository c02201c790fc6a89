package dev.firn.engine.judge;

import java.util.Locale;

/** What becomes of a folded change. */
public enum Outcome {
  /** The row is not there, and is written. */
  INSERT,
  /** The row is there with a smaller position, and is replaced. */
  UPDATE,
  /** The row is there and is not older, and yet some value in it is: that is replaced. */
  COMPLETE,
  /** The row is there with a smaller position, and is removed. */
  DELETE,
  /** The row is not there; a tombstone tells that it was deleted. */
  REMEMBER,
  /**
   * The row is not there, and deletes of its position are forgotten: nobody can tell whether it was
   * deleted since. It is not written, and waits in quarantine.
   */
  FORGOTTEN,
  /** The same position is there already. */
  DUPLICATE,
  /** A greater position is known of the key, or of a truncation of the table. */
  SUPERSEDED;

  /** As the SQL engine's rows say it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Outcome ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** The change stands in the table, or as a tombstone beside it. */
  public boolean isApplied() {
    return this != DUPLICATE && this != SUPERSEDED && this != FORGOTTEN;
  }

  /** A tombstone is kept of it. */
  public boolean isBurial() {
    return this == DELETE || this == REMEMBER;
  }

  /** It leaves a new row in the table. */
  public boolean writesRow() {
    return this == INSERT || this == UPDATE || this == COMPLETE;
  }

  /** It takes the old row out of the table. */
  public boolean removesRow() {
    return this == UPDATE || this == COMPLETE || this == DELETE;
  }
}
