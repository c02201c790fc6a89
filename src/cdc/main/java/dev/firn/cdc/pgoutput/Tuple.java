package dev.firn.cdc.pgoutput;

import java.util.Arrays;

/**
 * A row in PostgreSQL's text format. A column is a text, null, or unchanged: its value lies in
 * TOAST storage and was not sent, which says nothing about the value.
 */
public final class Tuple {

  private final String[] texts;
  private final boolean[] unchanged;

  private Tuple(String[] texts, boolean[] unchanged) {
    this.texts = texts;
    this.unchanged = unchanged;
  }

  /** A row with all its values; a null is NULL. */
  public static Tuple of(String... texts) {
    return new Tuple(texts.clone(), new boolean[texts.length]);
  }

  static Builder builder(int columns) {
    return new Builder(columns);
  }

  public int size() {
    return texts.length;
  }

  public boolean isNull(int column) {
    return texts[column] == null && !unchanged[column];
  }

  public boolean isUnchanged(int column) {
    return unchanged[column];
  }

  /** The value's text; only of a column that is neither null nor unchanged. */
  public String text(int column) {
    if (texts[column] == null) {
      throw new IllegalStateException("Cannot read column: it has no text: " + column);
    }
    return texts[column];
  }

  /** This row with one column as another row has it. */
  public Tuple with(int column, Tuple other) {
    String[] newTexts = texts.clone();
    boolean[] newUnchanged = unchanged.clone();
    newTexts[column] = other.texts[column];
    newUnchanged[column] = other.unchanged[column];
    return new Tuple(newTexts, newUnchanged);
  }

  @Override
  public String toString() {
    return Arrays.toString(texts);
  }

  /** Collects the columns in their order; a column that is not set is null. */
  static final class Builder {

    private final String[] texts;
    private final boolean[] unchanged;

    private Builder(int columns) {
      this.texts = new String[columns];
      this.unchanged = new boolean[columns];
    }

    void text(int column, String text) {
      texts[column] = text;
    }

    void unchanged(int column) {
      unchanged[column] = true;
    }

    Tuple build() {
      return new Tuple(texts, unchanged);
    }
  }
}
