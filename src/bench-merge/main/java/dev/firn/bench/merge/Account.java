package dev.firn.bench.merge;

import java.util.Map;

/**
 * What a contender tells of its run.
 *
 * @param phases seconds by name, of all its tables together; empty where it does not tell
 * @param plan how it went about it; empty where it does not tell
 */
public record Account(Map<String, Double> phases, String plan) {

  public static final Account NONE = new Account(Map.of(), "");

  public Account {
    phases = Map.copyOf(phases);
  }
}
