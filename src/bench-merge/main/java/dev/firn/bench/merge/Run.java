package dev.firn.bench.merge;

import java.util.Objects;
import java.util.Optional;

/**
 * One run of one contender, or its failure.
 *
 * @param round from 1; warm-up rounds are not kept, unless they failed
 * @param measure empty if it failed
 * @param failure the reason; empty if it succeeded
 */
public record Run(
    Course course, Entrant entrant, int round, Optional<Measure> measure, String failure) {

  public Run {
    Objects.requireNonNull(course, "course");
    Objects.requireNonNull(entrant, "entrant");
    if (measure.isPresent() != failure.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot keep run: either a measure or a failure is expected: %s, %s"
              .formatted(measure, failure));
    }
  }

  public boolean isRight() {
    return failure.isEmpty();
  }
}
