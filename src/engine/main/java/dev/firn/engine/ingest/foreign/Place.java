package dev.firn.engine.ingest.foreign;

import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.RowImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * The order of a foreign record in the history of its table, as far as the record contains it. Ties
 * are broken by kind: the later stage in the life of a row wins (read, insert, update, delete); and
 * within one kind by the greater hash of the content. So the same record always has the same
 * position, and two different records of a key never share a position.
 *
 * @param lsn the first measure of order: an LSN, or microseconds since 1970
 * @param ordinal the second measure, 0 without one
 * @param tieBits low bits of {@link Position#seq()} that are used to break ties
 */
record Place(Instant committedAt, long lsn, long ordinal, int tieBits) {

  /** A foreign format has no epochs: a new history needs a new table. */
  private static final int EPOCH = 1;

  private static final int POSITION_BITS = 63;
  private static final int STAGE_BITS = 2;

  Place {
    if (lsn < 0 || ordinal < 0 || ordinal >>> (POSITION_BITS - tieBits) != 0) {
      throw new MalformedRecordException(
          "the values that order the record are out of range: %s, %s".formatted(lsn, ordinal));
    }
  }

  Position position(Operation operation, RowImage row) {
    int hashBits = tieBits - STAGE_BITS;
    long hash = hash(operation.code() + row) >>> (Long.SIZE - hashBits);
    return new Position(EPOCH, lsn, ordinal << tieBits | stage(operation) << hashBits | hash);
  }

  private static long stage(Operation operation) {
    return switch (operation) {
      case READ, TRUNCATE -> 0;
      case INSERT -> 1;
      case UPDATE -> 2;
      case DELETE -> 3;
    };
  }

  private static long hash(String content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(content.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash record: the JDK has no SHA-256", e);
    }
  }
}
