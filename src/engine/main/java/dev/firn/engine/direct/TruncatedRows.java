package dev.firn.engine.direct;

import dev.firn.contract.Position;
import dev.firn.engine.scan.PositionScan;
import dev.firn.engine.scan.ScanFile;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Finds the rows below a truncation in files that also contain other rows. */
final class TruncatedRows {

  private final JavaSparkContext spark;
  private final Position truncatedAt;

  TruncatedRows(JavaSparkContext spark, Position truncatedAt) {
    this.spark = spark;
    this.truncatedAt = truncatedAt;
  }

  TaskOutput find(TaskInput work) {
    List<ScanFile> files = work.files();
    List<Integer> some =
        IntStream.range(0, files.size())
            .filter(i -> files.get(i).mayHoldBefore(truncatedAt))
            .boxed()
            .toList();
    if (some.isEmpty()) {
      return new TaskOutput();
    }
    Broadcast<TaskInput> all = spark.broadcast(work);
    Position below = truncatedAt;
    return spark
        .parallelize(some, some.size())
        .map(file -> find(all.value(), file, below))
        .collect()
        .stream()
        .reduce(new TaskOutput(), TaskOutput::plus);
  }

  private static TaskOutput find(TaskInput work, int file, Position below) {
    TaskOutput written = new TaskOutput();
    new PositionScan(work.mirror().io(), work.columns())
        .scan(
            work.files().get(file),
            below,
            (key, row, epoch, lsn, seq) -> written.remove(file, Math.toIntExact(row)));
    return written;
  }
}
