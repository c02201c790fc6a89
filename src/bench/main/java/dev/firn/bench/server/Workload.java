package dev.firn.bench.server;

/** Tables of eight columns and their changes; the server generates all values. */
public final class Workload {

  private static final String COLUMNS =
      """
      (id bigint PRIMARY KEY, customer integer NOT NULL, quantity integer NOT NULL,
       price numeric(12,2) NOT NULL, note text, changed_at timestamptz NOT NULL,
       paid boolean NOT NULL, region smallint)
      """;

  private static final String VALUES =
      """
      SELECT g, (g * 7919) %% 100000, 1 + g %% 20, (g %% 1000000) / 100.0,
        'order ' || g || ' of ' || md5(g::text) || ', as wanted',
        timestamptz '2026-01-01 00:00:00+00' + g * interval '1.000001 second',
        g %% 3 = 0, (g %% 50)::smallint
      FROM generate_series(%d::bigint, %d) g
      """;

  private final BenchDatabase database;

  public Workload(BenchDatabase database) {
    this.database = database;
  }

  /** Creates the empty table, and a publication of the same name. */
  public void create(String table) {
    database.execute(
        "CREATE TABLE " + table + " " + COLUMNS,
        "CREATE PUBLICATION " + table + " FOR TABLE " + table);
  }

  /** Writes that many rows with the ids from 1 on, in one transaction. */
  public void fill(String table, long rows) {
    insert(table, 1, rows);
    database.execute("VACUUM ANALYZE " + table);
  }

  /** Writes rows with these ids, the last one too, in one transaction. */
  public void insert(String table, long first, long last) {
    database.execute("INSERT INTO " + table + " " + VALUES.formatted(first, last));
  }

  /**
   * Makes a number of changes in transactions of a given size: one half inserts rows, the other
   * updates the same rows.
   */
  public void change(String table, long changes, int transaction) {
    int half = transaction / 2;
    for (long done = 0; done < changes; done += transaction) {
      long first = done / 2 + 1;
      long last = first + half - 1;
      database.execute(
          ("BEGIN; INSERT INTO %s "
                  + VALUES
                  + "; UPDATE %s SET quantity = quantity + 1, paid = true"
                  + " WHERE id BETWEEN %d AND %d; COMMIT")
              .formatted(table, first, last, table, first, last));
    }
  }
}
