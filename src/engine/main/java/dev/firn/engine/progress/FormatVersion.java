package dev.firn.engine.progress;

import dev.firn.console.OperatorException;
import org.apache.iceberg.Table;

/**
 * The version of what Firn keeps in a table and beside it: properties, manifests, tombstones. A
 * table without one is of version 1, whose progress is in the summaries of its snapshots alone. It
 * is raised whenever an older Firn would do harm to a table that a newer one has written.
 */
public final class FormatVersion {

  public static final int CURRENT = 2;

  private FormatVersion() {}

  /**
   * @throws OperatorException for a table of a newer Firn
   */
  public static void check(Table table) {
    String found = table.properties().getOrDefault(ProgressKeys.FORMAT_VERSION, "1");
    if (!found.matches("[0-9]{1,9}") || Integer.parseInt(found) > CURRENT) {
      throw new OperatorException(
          "Cannot use table %s: a newer Firn has written it: its format version is %s, this Firn knows versions up to %s"
              .formatted(table.name(), found, CURRENT),
          "Update Firn wherever it runs on this lake. Nothing was changed.");
    }
  }
}
