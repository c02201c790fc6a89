package dev.firn.bench;

import dev.firn.bench.server.BenchDatabase;
import dev.firn.bench.server.CountingKinesis;
import dev.firn.bench.server.Slots;
import dev.firn.bench.server.Workload;

/**
 * The data of the benchmark, prepared before any run: a full table for snapshots; for streaming a
 * WAL that was written beforehand, so that its writer takes no CPU from the contenders, and a slot
 * before it, which is copied for every run.
 */
final class Course {

  /** The slot positioned before the WAL of the benchmark. */
  static final String ORIGIN = "origin";

  private final Settings settings;
  private final BenchDatabase database;
  private final FirnCapture capture;

  Course(Settings settings, BenchDatabase database, CountingKinesis kinesis) {
    this.settings = settings;
    this.database = database;
    this.capture = new FirnCapture(settings, database, kinesis);
  }

  void lay() {
    Workload workload = new Workload(database);
    workload.create(Discipline.SNAPSHOT.table());
    workload.fill(Discipline.SNAPSHOT.table(), settings.rows());
    workload.create(Discipline.STREAMING.table());
    // The first capture of the empty table records where later ones resume.
    capture.once(FirnSink.RAW, Discipline.STREAMING, "lay", settings.javaOptions());
    putOrigin();
    workload.change(Discipline.STREAMING.table(), settings.rows(), Settings.TRANSACTION_ROWS);
  }

  /** One transaction of all rows, alone in the log. */
  void layLargeTransaction() {
    new Slots(database).create(Discipline.STREAMING.firnSlot());
    putOrigin();
    long first = settings.rows() + 1;
    new Workload(database).insert(Discipline.STREAMING.table(), first, first + settings.rows() - 1);
  }

  private void putOrigin() {
    new Slots(database).copy(Discipline.STREAMING.firnSlot(), ORIGIN);
  }
}
