package dev.firn.cdc.pgoutput;

import dev.firn.cdc.pgoutput.Message.Begin;
import dev.firn.cdc.pgoutput.Message.Commit;
import dev.firn.cdc.pgoutput.Message.Delete;
import dev.firn.cdc.pgoutput.Message.Emitted;
import dev.firn.cdc.pgoutput.Message.Insert;
import dev.firn.cdc.pgoutput.Message.Origin;
import dev.firn.cdc.pgoutput.Message.Relation;
import dev.firn.cdc.pgoutput.Message.Truncate;
import dev.firn.cdc.pgoutput.Message.Update;
import dev.firn.contract.ReplicaIdentity;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decodes pgoutput's messages, protocol version 1, values in text format (PostgreSQL documentation,
 * "Logical Replication Message Formats"). Anything else is an error: to skip a message would be to
 * lose a change.
 */
public final class MessageDecoder {

  private static final int IN_IDENTITY = 1;

  private MessageDecoder() {}

  /**
   * @param message the payload of one XLogData message; read to its end
   * @throws ProtocolException when the message is not of the protocol
   */
  public static Message decode(ByteBuffer message) {
    if (!message.hasRemaining()) {
      // PostgreSQL 13 and 14 send it instead of Origin if the origin was dropped since.
      return new Origin(0, "");
    }
    char type = '?';
    try {
      type = (char) message.get();
      Message decoded = decode(type, new WireReader(message));
      if (message.hasRemaining()) {
        throw new ProtocolException(
            "bytes follow message '%c': %s".formatted(type, message.remaining()));
      }
      return decoded;
    } catch (BufferUnderflowException e) {
      throw new ProtocolException("message ends too early: '%c'".formatted(type), e);
    }
  }

  private static Message decode(char type, WireReader in) {
    return switch (type) {
      case 'B' -> new Begin(in.lsn(), in.timestamp(), in.oid());
      case 'C' -> commit(in);
      case 'O' -> new Origin(in.lsn(), in.string());
      case 'R' -> relation(in);
      case 'Y' -> new Message.Type(in.oid(), in.string(), in.string());
      case 'I' -> new Insert(in.oid(), newRow(in));
      case 'U' -> update(in);
      case 'D' -> new Delete(in.oid(), oldRow(in, in.character()));
      case 'T' -> truncate(in);
      case 'M' -> emitted(in);
      case 'S', 'E', 'c', 'A' -> throw notAskedFor(type, "transactions streamed in progress");
      case 'b', 'P', 'K', 'r', 'p' -> throw notAskedFor(type, "two-phase commit");
      default -> throw new ProtocolException("its type is not known: '%c'".formatted(type));
    };
  }

  private static ProtocolException notAskedFor(char type, String feature) {
    return new ProtocolException(
        "'%c' belongs to %s, which protocol version 1 does not have".formatted(type, feature));
  }

  private static Commit commit(WireReader in) {
    in.skip(1);
    return new Commit(in.lsn(), in.lsn(), in.timestamp());
  }

  private static Relation relation(WireReader in) {
    long oid = in.oid();
    String schema = in.string();
    String table = in.string();
    ReplicaIdentity identity = ReplicaIdentity.ofCode(in.character());
    int count = in.count();
    List<RelationColumn> columns = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean inIdentity = (in.character() & IN_IDENTITY) != 0;
      columns.add(new RelationColumn(in.string(), in.oid(), in.integer(), inIdentity));
    }
    // An empty namespace means pg_catalog.
    return new Relation(oid, schema.isEmpty() ? "pg_catalog" : schema, table, identity, columns);
  }

  private static Update update(WireReader in) {
    long relation = in.oid();
    char part = in.character();
    if (part == 'N') {
      return new Update(relation, Optional.empty(), row(in));
    }
    OldTuple old = oldRow(in, part);
    return new Update(relation, Optional.of(old), newRow(in));
  }

  private static OldTuple oldRow(WireReader in, char part) {
    return switch (part) {
      case 'K' -> new OldTuple(OldTuple.Extent.KEY, row(in));
      case 'O' -> new OldTuple(OldTuple.Extent.FULL, row(in));
      default -> throw new ProtocolException("K or O is expected: '%c'".formatted(part));
    };
  }

  private static Tuple newRow(WireReader in) {
    char part = in.character();
    if (part != 'N') {
      throw new ProtocolException("N is expected: '%c'".formatted(part));
    }
    return row(in);
  }

  private static Tuple row(WireReader in) {
    int count = in.count();
    Tuple.Builder row = Tuple.builder(in.bytes(), count);
    for (int column = 0; column < count; column++) {
      char kind = in.character();
      switch (kind) {
        case 'n' -> row.setNull(column);
        case 'u' -> row.unchanged(column);
        case 't' -> {
          int start = in.skip(in.integer());
          row.text(column, start, in.place());
        }
        default ->
            throw new ProtocolException("n, u or t is expected of a value: '%c'".formatted(kind));
      }
    }
    return row.build();
  }

  private static Truncate truncate(WireReader in) {
    int count = in.integer();
    // CASCADE and RESTART IDENTITY change nothing here: all truncated tables are listed.
    in.skip(1);
    List<Long> relations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      relations.add(in.oid());
    }
    return new Truncate(relations);
  }

  private static Emitted emitted(WireReader in) {
    in.skip(1);
    Emitted emitted = new Emitted(in.lsn(), in.string());
    in.skip(in.integer());
    return emitted;
  }
}
