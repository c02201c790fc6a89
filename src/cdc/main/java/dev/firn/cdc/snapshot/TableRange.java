package dev.firn.cdc.snapshot;

import dev.firn.cdc.source.FinishedRange;
import dev.firn.cdc.source.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Blocks of a table that are copied by one session.
 *
 * <p>A row's place in its table is computed from its part, its range's first block and its number
 * in the range, so that sessions need not coordinate. After a break, finished ranges are not copied
 * again, except for rows written since: a row that moved there from an unfinished range would
 * otherwise be in neither copy.
 *
 * @param partNumber of the part among those of the table
 * @param endBlock exclusive; empty for all following blocks
 * @param writtenSince the oldest transaction whose rows are copied; empty for all rows
 */
record TableRange(
    Part part, int partNumber, long firstBlock, OptionalLong endBlock, OptionalLong writtenSince) {

  /** 64 MiB of a table with PostgreSQL's usual blocks. */
  static final long BLOCKS = 8192;

  /** More rows than any block holds, of the largest blocks PostgreSQL can be built with. */
  private static final long PLACES_A_BLOCK = 2048;

  private static final int PART_SHIFT = 44;

  /**
   * All ranges of a part.
   *
   * @param blocks of a range
   * @param finished those that were copied before
   * @param writtenSince the oldest transaction that their snapshot may not have shown
   */
  static List<TableRange> of(
      Part part, int partNumber, long blocks, Set<FinishedRange> finished, long writtenSince) {
    List<TableRange> ranges = new ArrayList<>();
    long span = part.span(blocks);
    for (long first = 0; first == 0 || first < part.blocks(); first += span) {
      boolean last = first + span >= part.blocks();
      boolean copied = finished.contains(new FinishedRange(part.oid(), first, part.file()));
      ranges.add(
          new TableRange(
              part,
              partNumber,
              first,
              last ? OptionalLong.empty() : OptionalLong.of(first + span),
              copied ? OptionalLong.of(writtenSince) : OptionalLong.empty()));
    }
    return ranges;
  }

  /** The place of the first row. */
  long firstPlace() {
    return ((long) partNumber << PART_SHIFT) + firstBlock * part.tables() * PLACES_A_BLOCK + 1;
  }

  /** Which rows, in SQL; empty for all of the part. */
  String condition() {
    List<String> parts = new ArrayList<>();
    if (firstBlock > 0) {
      parts.add("ctid >= '(%s,0)'::tid".formatted(firstBlock));
    }
    endBlock.ifPresent(end -> parts.add("ctid < '(%s,0)'::tid".formatted(end)));
    writtenSince.ifPresent(
        transaction -> parts.add("age(xmin) <= age('%s'::xid)".formatted(transaction)));
    return String.join(" AND ", parts);
  }

  FinishedRange finished() {
    return new FinishedRange(part.oid(), firstBlock, part.file());
  }
}
