package dev.firn.pipeline;

import java.util.Objects;

/** The format of another producer's records, with the details that the records do not contain. */
public sealed interface ForeignFormat {

  ForeignTable table();

  /**
   * Debezium's JSON of its PostgreSQL connector. The modes matter only where a record has no schema
   * block.
   */
  record Debezium(ForeignTable table, Decimals decimals, Times times) implements ForeignFormat {
    public Debezium {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(decimals, "decimals");
      Objects.requireNonNull(times, "times");
    }
  }

  /** The JSON that AWS DMS writes to Kinesis and Kafka. */
  record Dms(ForeignTable table) implements ForeignFormat {
    public Dms {
      Objects.requireNonNull(table, "table");
    }
  }

  /**
   * Records with the fields {@code kind}, {@code table} and {@code event_timestamp} next to the
   * columns.
   */
  record Flat(ForeignTable table, FlatOrder order) implements ForeignFormat {
    public Flat {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(order, "order");
    }
  }

  /** The connector's {@code decimal.handling.mode}. */
  enum Decimals {
    /** Bytes in base64, with the scale the column was declared with. */
    PRECISE,
    STRING
  }

  /** The connector's {@code time.precision.mode}. */
  enum Times {
    /** Milliseconds up to precision 3, microseconds beyond it. */
    ADAPTIVE,
    /** The same, but microseconds for every {@code time}. */
    ADAPTIVE_TIME_MICROSECONDS,
    /** Milliseconds. */
    CONNECT
  }

  /** The field of a flat record that orders it; {@link #name()} in lower case is its name. */
  enum FlatOrder {
    EVENT_TIMESTAMP,
    LSN,
    NEXTLSN
  }
}
