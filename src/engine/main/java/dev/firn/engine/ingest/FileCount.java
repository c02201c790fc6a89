package dev.firn.engine.ingest;

import dev.firn.contract.Position;
import dev.firn.engine.raw.RawFile;

/**
 * The counts of one raw file.
 *
 * @param records read, including the rejected ones; a damaged file counts as one rejected record; a
 *     record that changed a key counts as two events
 * @param ignored further records, which carry no change, such as a producer's own messages
 * @param lowest position among its changes; {@link Position#NONE} if there are none
 * @param copied greatest position among the rows that a copy of the table sent; {@link
 *     Position#NONE} if there are none
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
    // Manifests of earlier versions of Firn do not have this field.
    copied = copied == null ? Position.NONE : copied;
  }
}
