package dev.firn.bench.merge;

import java.util.Map;

/**
 * What a contender reports about its run.
 *
 * @param phases seconds by name, of all its tables together; empty if not reported
 * @param plan the plan it chose; empty if not reported
 */
public record Account(Map<String, Double> phases, String plan) {

  public static final Account NONE = new Account(Map.of(), "");

  public Account {
    phases = Map.copyOf(phases);
  }
}
