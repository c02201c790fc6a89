package dev.firn.engine.progress;

import dev.firn.console.OperatorException;
import org.apache.iceberg.Table;

/**
 * The version of the data that Firn keeps for a table: properties, manifests, tombstones. A table
 * without a version has version 1, whose progress is only in the summaries of its snapshots. The
 * version is raised whenever an older version of Firn would damage a table written by a newer one.
 */
public final class FormatVersion {

  public static final int CURRENT = 2;

  private FormatVersion() {}

  /**
   * @throws OperatorException for a table written by a newer version of Firn
   */
  public static void check(Table table) {
    String found = table.properties().getOrDefault(ProgressKeys.FORMAT_VERSION, "1");
    if (!found.matches("[0-9]{1,9}") || Integer.parseInt(found) > CURRENT) {
      throw new OperatorException(
          "Cannot use table %s: a newer version of Firn wrote it: its format version is %s, this version of Firn supports up to %s"
              .formatted(table.name(), found, CURRENT),
          "Nothing was changed. Update Firn in every place where it uses this lake.");
    }
  }
}
