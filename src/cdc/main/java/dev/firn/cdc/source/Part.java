package dev.firn.cdc.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * A unit that is copied in ranges of blocks: a table, one of its partitions, or all partitions at
 * once through their table. The last is for a role that may read the table but not each partition:
 * a range then has the same block numbers of every partition, and PostgreSQL still reads only those
 * blocks.
 *
 * @param oid of the table or partition
 * @param from the SQL text after FROM
 * @param condition on its rows, in SQL; empty for all
 * @param file that contains the blocks; for several tables a checksum of their files
 * @param blocks of the largest table in it
 * @param tables that are read at once
 * @param width blocks of all tables per block of the largest table, rounded up to a power of two
 */
public record Part(
    long oid, String from, String condition, long file, long blocks, int tables, long width) {

  /**
   * A table that holds rows itself.
   *
   * @param name as SQL spells it
   * @param file {@code pg_relation_filenode}
   * @param readable whether the role may read all rows of it by this name
   */
  record Leaf(long oid, String name, long file, long blocks, boolean readable) {}

  /** The parts of a table. */
  static List<Part> of(TableSnapshot table, List<Leaf> leaves) {
    return leaves.stream().allMatch(Leaf::readable)
        ? leaves.stream().map(Part::alone).toList()
        : List.of(throughTable(table, leaves));
  }

  private static Part alone(Leaf leaf) {
    return new Part(leaf.oid(), "ONLY " + leaf.name(), "", leaf.file(), leaf.blocks(), 1, 1);
  }

  // A partition attached in the meantime is left out, as it is when each is read by its name.
  private static Part throughTable(TableSnapshot table, List<Leaf> leaves) {
    String oids =
        leaves.stream().map(leaf -> String.valueOf(leaf.oid())).collect(Collectors.joining(","));
    long largest = leaves.stream().mapToLong(Leaf::blocks).max().orElse(0);
    long all = leaves.stream().mapToLong(Leaf::blocks).sum();
    long width = powerOfTwo(largest == 0 ? 1 : (all + largest - 1) / largest);
    return new Part(
        table.oid(),
        table.table().name().toString(),
        "tableoid = ANY ('{%s}'::oid[])".formatted(oids),
        checksum(leaves, width),
        largest,
        leaves.size(),
        width);
  }

  // Other files, or ranges of another size, are a different part: none of it is copied yet.
  private static long checksum(List<Leaf> leaves, long width) {
    CRC32 sum = new CRC32();
    String text =
        leaves.stream()
            .map(leaf -> leaf.oid() + ":" + leaf.file())
            .collect(Collectors.joining(",", width + ";", ""));
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return sum.getValue();
  }

  private static long powerOfTwo(long least) {
    long power = Long.highestOneBit(least);
    return power == least ? power : power * 2;
  }

  /**
   * The blocks of a range, chosen so that it has about this many blocks of all tables together.
   *
   * @param wanted that number
   */
  public long span(long wanted) {
    return Math.max(1, wanted / width);
  }
}
