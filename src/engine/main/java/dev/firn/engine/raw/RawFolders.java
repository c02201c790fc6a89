package dev.firn.engine.raw;

import dev.firn.contract.TableToken;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

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

  /** The same, without these tables. */
  RawFolders passingOver(Predicate<TableToken> others) {
    return new RawFolders(
        tables.stream().filter(others.negate()).toList(),
        Stream.concat(passedOver.stream(), tables.stream().filter(others).map(TableToken::value))
            .sorted()
            .toList());
  }
}
