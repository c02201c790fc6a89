package dev.firn.bench.merge;

/**
 * A checksum of a table's contents, independent of the order of rows.
 *
 * @param rows how many
 * @param ids sum of the keys
 * @param values sum over the rows of a product that binds each value to its key
 */
public record Checksum(long rows, long ids, long values) {

  public static final Checksum NONE = new Checksum(0, 0, 0);

  public Checksum plus(Checksum other) {
    return new Checksum(rows + other.rows, ids + other.ids, values + other.values);
  }

  public Checksum minus(Checksum other) {
    return new Checksum(rows - other.rows, ids - other.ids, values - other.values);
  }

  @Override
  public String toString() {
    return rows + "/" + ids + "/" + values;
  }

  /** Reads what {@link #toString()} wrote. */
  public static Checksum parse(String text) {
    String[] parts = text.split("/", -1);
    return new Checksum(
        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }
}
