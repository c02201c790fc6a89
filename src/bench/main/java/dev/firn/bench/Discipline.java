package dev.firn.bench;

/** What is raced in. */
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

  /** The table that is carried; its publication has the same name. */
  String table() {
    return table;
  }

  /** The slot that Firn uses, in which all runs of it take turns. */
  String firnSlot() {
    return "firn_" + table;
  }
}
