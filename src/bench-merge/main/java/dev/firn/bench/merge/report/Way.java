package dev.firn.bench.merge.report;

import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Settings;
import dev.firn.benchreport.Lists;
import dev.firn.benchreport.Machine;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How the figures were come by: machine, versions, data, method, and the command. */
final class Way {

  private static final String TEXT =
      """

      ## How

      - Machine: %s. %s. Versions: %s.
      - Again: `%s`. Expensive data stay in `target/bench-merge`; `make clean` removes it.
      - Each engine has one Java process for the whole run (%s), Spark on two threads. Contenders take turns within
        each round; the first %d of %d rounds are dropped, the others' medians count. Before every run the
        tables are restored to their exact state before the first: no snapshot of an earlier run is left.
      - Every table is read in full after every run, which is the scan that is measured, and count, sum of the keys and a
        sum that binds each value to its key are compared with a computation in plain Java from the generator. A table
        that differs fails the bench.
      - Rows: bigint key, integer, numeric(12,2), three short texts and one of about 55 characters, timestamptz. Events: Firn's
        raw format, gzip at the fastest level, files of up to 60000; 30 %% inserts, 60 %% updates, half of them of a
        hot pool of keys, 10 %% deletes, 2 %% of all twice, neighbours out of order. `before` is absent, as with
        PostgreSQL's default replica identity.
      - %s
      - Plain MERGE: `spark.read.json` with inference, `row_number` by position, `MERGE INTO` an unpartitioned
        copy-on-write table, Spark's defaults (200 shuffle partitions, adaptive execution). Typed MERGE: a given schema, the newest
        events persisted, 16 shuffle partitions, merge-on-read with position deletes (format 2) or deletion vectors
        (format 3). Delta: the same statement, `delta.enableDeletionVectors`. Hudi: upsert into a
        merge-on-read table, bucket index, no metadata table, no cleaning, no compaction. Typed read and INSERT: the newest events
        of each key appended to an empty table.
      - Only Firn keeps each row's position and judges by it, remembers deletes in a second table, counts every event and
        commits its progress: it does more than the others in the time that is measured.
      - MB and files written are all files that are new after the run, metadata included.
      """;

  private final Settings settings;
  private final Machine machine;

  Way(Settings settings, Machine machine) {
    this.settings = settings;
    this.machine = machine;
  }

  String text() {
    return Lists.wrapped(
        TEXT.formatted(
            machine,
            machine.java(),
            Versions.text(),
            settings.command(),
            heaps(),
            settings.warmUps(),
            settings.warmUps() + settings.rounds(),
            courses()));
  }

  private static String heaps() {
    return Arrays.stream(Entrant.Engine.values())
        .map(engine -> "%s -Xmx%s".formatted(engine.title(), engine.heap()))
        .collect(Collectors.joining(", "));
  }

  private String courses() {
    return settings.courses().stream()
        .map(course -> course.name() + ": " + course.title())
        .collect(Collectors.joining("; "));
  }
}
