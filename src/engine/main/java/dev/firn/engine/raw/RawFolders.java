package dev.firn.engine.raw;

import dev.firn.contract.TableToken;
import java.util.List;

/**
 * The contents of the raw zone's root.
 *
 * @param tables with a folder, in the order of their names
 * @param passedOver folders and files that belong to no table
 */
public record RawFolders(List<TableToken> tables, List<String> passedOver) {

  public RawFolders {
    tables = List.copyOf(tables);
    passedOver = List.copyOf(passedOver);
  }
}
