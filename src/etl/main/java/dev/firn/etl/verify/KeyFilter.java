package dev.firn.etl.verify;

import java.io.Serializable;
import java.util.Set;

/**
 * Selects rows by the hash of their key.
 *
 * @param ranges the number of ranges that all hashes are divided into; a hash is in range {@code
 *     hash mod ranges}, so a multiple of {@code ranges} divides each of them further
 * @param chosen the ranges to read; empty for all
 * @param excluded hashes of the keys to leave out
 */
record KeyFilter(long ranges, Set<Long> chosen, Set<Long> excluded) implements Serializable {

  KeyFilter {
    chosen = Set.copyOf(chosen);
    excluded = Set.copyOf(excluded);
  }

  static KeyFilter allBut(Set<Long> excluded) {
    return new KeyFilter(1, Set.of(), excluded);
  }

  KeyFilter within(long count, Set<Long> some) {
    return new KeyFilter(count, some, excluded);
  }

  boolean takes(long hash) {
    return (chosen.isEmpty() || chosen.contains(hash % ranges)) && !excluded.contains(hash);
  }
}
