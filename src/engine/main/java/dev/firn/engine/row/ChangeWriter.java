package dev.firn.engine.row;

import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.engine.lake.RowMetadata;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Writes the changes of events, one after the other: {@link #begin}, the columns into {@link #row},
 * then {@link #end}. The change is then at the start of {@link #bytes()}, in the format of {@link
 * FoldedChange}, until the next one begins. Not thread-safe.
 */
public final class ChangeWriter {

  private static final Position[] ALL_KNOWN = {};

  private final KeyColumns keyColumns;
  private final int sourceColumns;
  private final int epoch;
  private final int lsn;
  private final int seq;
  private final int committedAt;
  private final int operation;
  private final UnsafeRowWriter row;
  private final KeyBytes key = new KeyBytes();
  private byte[] bytes = new byte[1024];

  public ChangeWriter(RowShape shape) {
    this.keyColumns = new KeyColumns(shape);
    this.sourceColumns = shape.source().length;
    this.epoch = shape.place(RowMetadata.EPOCH);
    this.lsn = shape.place(RowMetadata.LSN);
    this.seq = shape.place(RowMetadata.SEQ);
    this.committedAt = shape.place(RowMetadata.COMMITTED_AT);
    this.operation = shape.place(RowMetadata.OPERATION);
    this.row = new UnsafeRowWriter(shape.width());
  }

  /** Discards the previous change; every source column must then be written or set to null. */
  public void begin() {
    row.reset();
    row.zeroOutNullBytes();
  }

  /**
   * The writer for the source's columns, each at its ordinal; Firn's columns are written at the
   * end.
   */
  public UnsafeRowWriter row() {
    return row;
  }

  /**
   * Ends the change. In the delete of a mirror only the key's columns count; in a change log a
   * delete is a row like any other.
   *
   * @param committed in microseconds since 1970
   * @param unknown ordinals, among the source's columns, of those whose value the event does not
   *     contain
   */
  public void end(Operation what, Position position, long committed, int... unknown) {
    row.write(epoch, position.epoch());
    row.write(lsn, position.lsn());
    row.write(seq, position.seq());
    row.write(committedAt, committed);
    boolean changeLog = operation >= 0;
    if (changeLog) {
      row.write(operation, UTF8String.fromString(what.code()));
    }
    UnsafeRow written = row.getRow();
    key.clear();
    keyColumns.put(written, key);
    int flags = what == Operation.DELETE && !changeLog ? FoldedChange.DELETED : 0;
    bytes = FoldedChange.write(bytes, key, written, position, known(position, unknown), flags);
  }

  public byte[] bytes() {
    return bytes;
  }

  private Position[] known(Position position, int... unknown) {
    if (unknown.length == 0) {
      return ALL_KNOWN;
    }
    Position[] known = new Position[sourceColumns];
    Arrays.fill(known, position);
    for (int ordinal : unknown) {
      known[ordinal] = Position.NONE;
    }
    return known;
  }
}
