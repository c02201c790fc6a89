package dev.firn.bench.merge.report;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Measure;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A performance goal: the cost of another contender in a course as a multiple of Firn's, or Firn's
 * as a multiple of another's if that should be small.
 *
 * @param value that is compared
 */
record Goal(String text, Side firn, Side other, ToDoubleFunction<Measure> value, Bound bound) {

  /** The contenders compared: the cheapest of several counts. */
  record Side(String course, List<Entrant> entrants) {

    Optional<Spread> cost(Outcome outcome, ToDoubleFunction<Measure> value) {
      Optional<Course> there = outcome.course(course);
      return there.stream()
          .flatMap(one -> entrants.stream().map(entrant -> outcome.spread(one, entrant, value)))
          .flatMap(Optional::stream)
          .min((left, right) -> Double.compare(left.median(), right.median()));
    }
  }

  /**
   * The required range of a goal's ratio.
   *
   * @param limit that is required; 0 for none
   * @param aim the desired value; the same as the limit if there is none
   */
  record Bound(boolean atLeast, double limit, double aim) {

    static Bound atLeast(double limit, double aim) {
      return new Bound(true, limit, aim);
    }

    static Bound atMost(double limit, double aim) {
      return new Bound(false, limit, aim);
    }

    boolean holds(double ratio) {
      return atLeast ? ratio >= limit : ratio <= limit;
    }

    boolean meetsAim(double ratio) {
      return atLeast ? ratio >= aim : ratio <= aim;
    }
  }

  /** Empty if one of the two did not run. */
  Optional<Spread> ratio(Outcome outcome) {
    Optional<Spread> own = firn.cost(outcome, value);
    Optional<Spread> others = other.cost(outcome, value);
    if (own.isEmpty() || others.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        bound.atLeast() ? others.get().over(own.get()) : own.get().over(others.get()));
  }

  static List<Goal> all() {
    return Stream.concat(costs().stream(), scans().stream()).toList();
  }

  private static List<Goal> costs() {
    return List.of(
        least("A: plain MERGE", "A", Bound.atLeast(8, 15), Entrant.PLAIN),
        least("A: best SQL MERGE", "A", Bound.atLeast(4, 4), Entrant.SQL_V2, Entrant.SQL_V3),
        least("A: Delta with deletion vectors", "A", Bound.atLeast(6, 6), Entrant.DELTA),
        least("A: Hudi, bucket index", "A", Bound.atLeast(4, 4), Entrant.HUDI),
        least("BL: plain MERGE", "BL", Bound.atLeast(25, 60), Entrant.PLAIN),
        least("BL: best SQL MERGE", "BL", Bound.atLeast(6, 6), Entrant.SQL_V2, Entrant.SQL_V3),
        least("B: plain MERGE", "B", Bound.atLeast(0, 40), Entrant.PLAIN),
        least("B: Hudi, bucket index", "B", Bound.atLeast(1, 1), Entrant.HUDI),
        new Goal(
            "BL over B: growth with the table",
            own("BL"),
            own("B"),
            Measure::cpuSeconds,
            Bound.atMost(2.5, 1.5)),
        least("C: typed read and INSERT", "C", Bound.atLeast(2, 3), Entrant.INSERT),
        least("D: plain MERGE, table after table", "D", Bound.atLeast(10, 10), Entrant.PLAIN));
  }

  private static List<Goal> scans() {
    return Stream.of("A", "B", "BL")
        .map(
            course ->
                new Goal(
                    course + ": full scan afterwards, over that of copy-on-write",
                    own(course),
                    new Side(course, List.of(Entrant.PLAIN)),
                    measure -> measure.scan().cpuSeconds(),
                    Bound.atMost(1.3, 1.3)))
        .toList();
  }

  private static Goal least(String text, String course, Bound bound, Entrant... others) {
    return new Goal(
        text, own(course), new Side(course, List.of(others)), Measure::cpuSeconds, bound);
  }

  private static Side own(String course) {
    return new Side(course, List.of(Entrant.FIRN_DIRECT));
  }
}
