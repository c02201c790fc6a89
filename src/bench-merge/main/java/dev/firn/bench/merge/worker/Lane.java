package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Account;
import dev.firn.bench.merge.Checksum;
import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Folder;
import dev.firn.bench.merge.Measure;
import dev.firn.bench.merge.Sql;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs a contender over a course and measures it. */
final class Lane {

  private final SparkSession spark;
  private final Contender contender;

  Lane(SparkSession spark, Contender contender) {
    this.spark = spark;
    this.contender = contender;
  }

  Measure run(Course course) {
    contender.restore(course);
    Map<Path, Long> before = Folder.files(contender.folder(course));
    // Memory left by the previous run must not be collected in the measured time of this one.
    System.gc();
    Stopwatch merge = new Stopwatch();
    Account account = contender.merge(course);
    double seconds = merge.seconds();
    double cpuSeconds = merge.cpuSeconds();
    Map<Path, Long> written = Folder.files(contender.folder(course));
    written.keySet().removeAll(before.keySet());
    long bytes = written.values().stream().mapToLong(Long::longValue).sum();
    Stopwatch scan = new Stopwatch();
    Checksum checksum = checksum(course);
    return new Measure(
        seconds,
        cpuSeconds,
        bytes,
        written.size(),
        new Measure.Scan(scan.seconds(), scan.cpuSeconds()),
        checksum,
        account);
  }

  private Checksum checksum(Course course) {
    Checksum sum = Checksum.NONE;
    for (String relation : contender.relations(course)) {
      Row row = spark.sql(Sql.CHECK + relation).collectAsList().get(0);
      sum = sum.plus(new Checksum(row.getLong(0), row.getLong(1), row.getLong(2)));
    }
    return sum;
  }
}
