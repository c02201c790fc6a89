package dev.firn.engine.ingest;

import dev.firn.contract.Position;
import dev.firn.engine.raw.RawFile;

/**
 * What a raw file held.
 *
 * @param records read, the rejected among them; a damaged file counts as one record, rejected; one
 *     that changed a key counts as the two events it is
 * @param ignored besides: records that carry no change, such as a producer's own notes
 * @param lowest position among its changes; {@link Position#NONE} when it has none
 * @param copied greatest position among the rows that a copy of the table has sent; {@link
 *     Position#NONE} when there are none
 */
public record FileCount(
    RawFile file,
    long records,
    long rejected,
    long ignored,
    Position lowest,
    Position highest,
    Position copied)
    implements Gathered {

  public FileCount {
    // Manifests of an earlier Firn do not have it.
    copied = copied == null ? Position.NONE : copied;
  }
}
