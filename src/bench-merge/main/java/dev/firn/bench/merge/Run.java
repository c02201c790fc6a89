package dev.firn.bench.merge;

import java.util.Objects;
import java.util.Optional;

/**
 * One run of one contender, or its failure.
 *
 * @param round from 1; the dropped ones are not kept, unless they failed
 * @param measure empty where it failed
 * @param failure why; empty where it did not
 */
public record Run(
    Course course, Entrant entrant, int round, Optional<Measure> measure, String failure) {

  public Run {
    Objects.requireNonNull(course, "course");
    Objects.requireNonNull(entrant, "entrant");
    if (measure.isPresent() != failure.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot keep run: it is measured or has failed: %s, %s".formatted(measure, failure));
    }
  }

  public boolean isRight() {
    return failure.isEmpty();
  }
}
