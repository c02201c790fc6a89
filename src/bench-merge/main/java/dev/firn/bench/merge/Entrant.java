package dev.firn.bench.merge;

import java.util.List;

/** The contenders, their processes, and their courses. */
public enum Entrant {
  FIRN_DIRECT("Firn direct", Engine.ICEBERG, "A B BL C D"),
  FIRN_DIRECT_V3("Firn direct, format 3", Engine.ICEBERG, "A B BL"),
  FIRN_DIRECT_BUCKETS("Firn direct, 16 buckets", Engine.ICEBERG, "A"),
  FIRN_SQL("Firn SQL", Engine.ICEBERG, "A B"),
  PLAIN("plain MERGE", Engine.ICEBERG, "A B BL D"),
  SQL_V2("typed MERGE, position deletes", Engine.ICEBERG, "A B BL"),
  SQL_V3("typed MERGE, deletion vectors", Engine.ICEBERG, "A B BL"),
  INSERT("typed read and INSERT", Engine.ICEBERG, "C"),
  DELTA("Delta MERGE, deletion vectors", Engine.DELTA, "A B"),
  HUDI("Hudi upsert, bucket index", Engine.HUDI, "A B");

  private final String title;
  private final Engine engine;
  private final String courses;

  Entrant(String title, Engine engine, String courses) {
    this.title = title;
    this.engine = engine;
    this.courses = courses;
  }

  /** The Java process of a contender, with the versions it needs. */
  public enum Engine {
    ICEBERG("Firn, Iceberg", "5g"),
    DELTA("Delta", "4g"),
    HUDI("Hudi", "4g");

    private final String title;
    private final String heap;

    Engine(String title, String heap) {
      this.title = title;
      this.heap = heap;
    }

    public String title() {
      return title;
    }

    public String heap() {
      return heap;
    }
  }

  public String title() {
    return title;
  }

  public Engine engine() {
    return engine;
  }

  public boolean isFirn() {
    return name().startsWith("FIRN");
  }

  boolean runs(Course course) {
    return List.of(courses.split(" ", -1)).contains(course.name());
  }
}
