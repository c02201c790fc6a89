package dev.firn.cdc.source;

import dev.firn.source.Lsn;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The LSNs at which earlier timelines ended, from the server's history file (PostgreSQL
 * documentation, "Streaming Replication Protocol", TIMELINE_HISTORY).
 *
 * @param ends for each earlier timeline the LSN at which the next one branched off
 */
public record TimelineHistory(Map<Integer, Long> ends) {

  /** The first timeline has no history. */
  static final TimelineHistory NONE = new TimelineHistory(Map.of());

  public TimelineHistory {
    ends = Map.copyOf(ends);
  }

  /** Lines of timeline, LSN and reason, and comments. */
  static TimelineHistory parse(String file) {
    Map<Integer, Long> ends = new HashMap<>();
    file.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split("\\s+", 3))
        .forEach(fields -> ends.put(Integer.parseInt(fields[0]), Lsn.parse(fields[1])));
    return new TimelineHistory(ends);
  }

  /** Empty for a timeline that is not in the history of the current one. */
  public OptionalLong leftAt(int timeline) {
    Long end = ends.get(timeline);
    return end == null ? OptionalLong.empty() : OptionalLong.of(end);
  }
}
