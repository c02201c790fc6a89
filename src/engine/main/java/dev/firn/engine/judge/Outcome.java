package dev.firn.engine.judge;

import java.util.Locale;

/** The outcome of a folded change. */
public enum Outcome {
  /** The row does not exist, and is inserted. */
  INSERT,
  /** The row exists with a smaller position, and is replaced. */
  UPDATE,
  /** The row exists and is not older, but some value in it is older, and is replaced. */
  COMPLETE,
  /** The row exists with a smaller position, and is deleted. */
  DELETE,
  /** The row does not exist; a tombstone records the delete. */
  REMEMBER,
  /**
   * The row does not exist, and tombstones of its position have expired: it is unknown whether the
   * row was deleted since. The change is not applied, and goes to quarantine.
   */
  FORGOTTEN,
  /** The same position is already in the table. */
  DUPLICATE,
  /** A greater position of the key, or of a truncation of the table, was already applied. */
  SUPERSEDED;

  /** The name of the outcome in the rows of the SQL engine. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Outcome ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** The change is in the table afterwards, as a row or as a tombstone. */
  public boolean isApplied() {
    return this != DUPLICATE && this != SUPERSEDED && this != FORGOTTEN;
  }

  /** The change leaves a tombstone. */
  public boolean isBurial() {
    return this == DELETE || this == REMEMBER;
  }

  /** The change writes a new row. */
  public boolean writesRow() {
    return this == INSERT || this == UPDATE || this == COMPLETE;
  }

  /** The change removes the old row. */
  public boolean removesRow() {
    return this == UPDATE || this == COMPLETE || this == DELETE;
  }
}
