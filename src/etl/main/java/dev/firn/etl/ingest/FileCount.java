package dev.firn.etl.ingest;

import dev.firn.contract.Position;

/**
 * What a raw file held.
 *
 * @param records read, the rejected among them; a damaged file counts as one record, rejected
 * @param lowest position among its changes; {@link Position#NONE} when it has none
 */
public record FileCount(
    RawFile file, long records, long rejected, Position lowest, Position highest)
    implements Gathered {

  @Override
  public Gathered combine(Gathered other) {
    return this;
  }
}
