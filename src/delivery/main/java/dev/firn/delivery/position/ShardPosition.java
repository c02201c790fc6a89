package dev.firn.delivery.position;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Objects;

/**
 * How far a shard was read.
 *
 * @param sequenceNumber of the last record read; zero before the first and after the last record
 */
public record ShardPosition(Place place, BigInteger sequenceNumber)
    implements Comparable<ShardPosition> {

  /** Where in the shard, in order. */
  public enum Place {
    TRIM_HORIZON,
    AFTER,
    SHARD_END
  }

  public static final ShardPosition BEGIN = new ShardPosition(Place.TRIM_HORIZON, BigInteger.ZERO);

  /** A closed shard was read to its end. */
  public static final ShardPosition END = new ShardPosition(Place.SHARD_END, BigInteger.ZERO);

  private static final Comparator<ShardPosition> ORDER =
      Comparator.comparing(ShardPosition::place).thenComparing(ShardPosition::sequenceNumber);

  public ShardPosition {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(sequenceNumber, "sequenceNumber");
  }

  public static ShardPosition after(String sequenceNumber) {
    return new ShardPosition(Place.AFTER, new BigInteger(sequenceNumber));
  }

  /** Reads what {@link #toString()} wrote. */
  public static ShardPosition parse(String text) {
    if (text.equals(BEGIN.toString())) {
      return BEGIN;
    }
    return text.equals(END.toString()) ? END : after(text);
  }

  public boolean isEnd() {
    return place == Place.SHARD_END;
  }

  @Override
  public int compareTo(ShardPosition other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return place == Place.AFTER ? sequenceNumber.toString() : place.name();
  }
}
