package dev.firn.etl.merge;

import dev.firn.contract.TableToken;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a run is asked to do.
 *
 * @param only the tables to merge; empty for all
 * @param sweep tables whose last sweep is so old, or unknown, are swept; empty for none
 * @param accepted paths of missing files that somebody decided to do without
 */
public record MergeOrder(Set<TableToken> only, Optional<Duration> sweep, Set<String> accepted) {

  public static final MergeOrder ALL = of(Set.of());

  public MergeOrder {
    only = Set.copyOf(only);
    accepted = Set.copyOf(accepted);
  }

  public static MergeOrder of(Set<TableToken> only) {
    return new MergeOrder(only, Optional.empty(), Set.of());
  }
}
