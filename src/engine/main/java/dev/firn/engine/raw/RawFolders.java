package dev.firn.engine.raw;

import dev.firn.contract.TableToken;
import java.util.List;

/**
 * What the raw zone has at its root.
 *
 * @param tables that have a folder, in the order of their names
 * @param passedOver folders and files that are of no table
 */
public record RawFolders(List<TableToken> tables, List<String> passedOver) {

  public RawFolders {
    tables = List.copyOf(tables);
    passedOver = List.copyOf(passedOver);
  }
}
