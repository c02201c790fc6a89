package dev.firn.etl.merge;

import dev.firn.contract.TableToken;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The options of one run.
 *
 * @param only the tables to merge; empty for all
 * @param sweep sweep the tables whose last sweep is at least this old, or unknown; empty for none
 * @param accepted paths of missing files that the operator decided to give up
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
