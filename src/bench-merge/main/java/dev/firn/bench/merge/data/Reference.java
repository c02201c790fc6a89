package dev.firn.bench.merge.data;

import dev.firn.bench.merge.Checksum;
import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Settings;
import dev.firn.contract.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** Computes the expected contents of a course's tables, from the generator alone. */
public final class Reference {

  private final Settings settings;

  public Reference(Settings settings) {
    this.settings = settings;
  }

  /** Of all tables of the course together. */
  public Checksum of(Course course) {
    Checksum rows = rows(course.rows());
    Checksum sum = Checksum.NONE;
    for (int table = 0; table < course.tables(); table++) {
      sum = sum.plus(rows);
      if (!course.isLoad()) {
        sum = sum.plus(effect(Changes.of(course.rows(), course.events(), table), course.rows()));
      }
    }
    return sum;
  }

  private static Checksum effect(Changes changes, long rows) {
    Checksum effect = Checksum.NONE;
    for (Change change : changes.newest().values()) {
      if (change.id() <= rows) {
        effect = effect.minus(one(OrderRow.of(change.id(), 0)));
      }
      if (change.operation() != Operation.DELETE) {
        effect = effect.plus(one(OrderRow.of(change.id(), change.version())));
      }
    }
    return effect;
  }

  private Checksum rows(long rows) {
    Path kept = settings.raw().resolve("reference_" + rows);
    try {
      if (Files.exists(kept)) {
        return Checksum.parse(Files.readString(kept));
      }
      Checksum sum =
          LongStream.rangeClosed(1, rows)
              .parallel()
              .mapToObj(id -> one(OrderRow.of(id, 0)))
              .reduce(Checksum.NONE, Checksum::plus);
      Files.writeString(kept, sum.toString());
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep reference: " + kept, e);
    }
  }

  private static Checksum one(OrderRow row) {
    return new Checksum(1, row.id(), row.check());
  }
}
