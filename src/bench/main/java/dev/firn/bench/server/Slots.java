package dev.firn.bench.server;

/** Replication slots; a copy lets a second run read the log from where the first began. */
public final class Slots {

  private final BenchDatabase database;

  public Slots(BenchDatabase database) {
    this.database = database;
  }

  public void create(String slot) {
    drop(slot);
    database.execute("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
  }

  /** Creates a slot at the position of an existing one. */
  public void copy(String from, String to) {
    drop(to);
    database.execute("SELECT pg_copy_logical_replication_slot('%s', '%s')".formatted(from, to));
  }

  /** Drops the slot if it exists; a session that still uses it is terminated. */
  public void drop(String slot) {
    String where = " FROM pg_replication_slots WHERE slot_name = '%s'".formatted(slot);
    database.execute(
        "SELECT pg_terminate_backend(active_pid, 10000)" + where + " AND active",
        "SELECT pg_drop_replication_slot(slot_name)" + where);
  }
}
