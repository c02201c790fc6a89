package dev.firn.bench;

/** The disciplines of the benchmark. */
public enum Discipline {
  STREAMING("streaming", "orders"),
  SNAPSHOT("snapshot", "items");

  private final String title;
  private final String table;

  Discipline(String title, String table) {
    this.title = title;
    this.table = table;
  }

  public String title() {
    return title;
  }

  /** The table that is captured; its publication has the same name. */
  String table() {
    return table;
  }

  /** The slot that all runs of Firn use, one after the other. */
  String firnSlot() {
    return "firn_" + table;
  }
}
