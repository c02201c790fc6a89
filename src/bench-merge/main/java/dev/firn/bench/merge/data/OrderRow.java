package dev.firn.bench.merge.data;

/**
 * A row of the generated table: a pure function of its key and version.
 *
 * @param cents the amount, in hundredths
 * @param micros when it was updated, since 1970
 */
record OrderRow(
    long id, int customer, String status, long cents, String note, long micros, String country) {

  private static final String[] STATUS = {
    "NEW", "PAID", "PICKED", "SHIPPED", "DELIVERED", "RETURNED", "CANCELLED"
  };

  private static final String[] WORDS =
      ("deliver to reception please leave at the back door gift wrapped fragile urgent call before"
              + " arrival customer asked for invoice contact support late payment approved by"
              + " manager warehouse north south priority lane standard ring bell twice neighbour"
              + " holds key")
          .split(" ", -1);

  private static final int NOTE_LENGTH = 50;
  private static final long FIRST_UPDATE = 1_782_800_000_000_000L;
  private static final long DAY = 86_400_000_000L;

  /**
   * @param version 0 for the row in the snapshot
   */
  static OrderRow of(long id, long version) {
    long hash = mix(id * 0x9E3779B97F4A7C15L + version * 0xD1B54A32D192ED03L + 1);
    return new OrderRow(
        id,
        (int) ((hash >>> 8) % 1_000_000),
        STATUS[(int) ((hash >>> 40) & 0xffff) % STATUS.length],
        (hash >>> 20) % 1_000_000,
        note(mix(hash + 7)),
        FIRST_UPDATE + (version == 0 ? (hash >>> 30) % DAY : DAY + version * 1000 + (hash >>> 50)),
        ((hash >>> 5) & 1) == 0 ? "DE" : "US");
  }

  /** Binds all values of the row; {@link dev.firn.bench.merge.Sql#CHECK} is the same in SQL. */
  long check() {
    long values =
        cents % 10007
            + note.length()
            + micros % 10007
            + status.charAt(0)
            + country.charAt(0)
            + customer % 10007;
    return id % 10007 * values;
  }

  static long mix(long seed) {
    long z = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static String note(long seed) {
    StringBuilder text = new StringBuilder(72);
    long next = seed;
    while (text.length() < NOTE_LENGTH) {
      text.append(WORDS[(int) ((next >>> 1) % WORDS.length)]).append(' ');
      next = mix(next + 13);
    }
    return text.append(Long.toString(next >>> 44, 36)).toString();
  }
}
