package dev.firn.testing.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash keys of a shard, both ends included; a record's is the MD5 of its partition key. */
record HashRange(BigInteger first, BigInteger last) {

  static final HashRange ALL =
      new HashRange(BigInteger.ZERO, BigInteger.TWO.pow(128).subtract(BigInteger.ONE));

  static BigInteger hashOf(String partitionKey) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return new BigInteger(1, md5.digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }

  /** One of so many equal parts. */
  HashRange part(int index, int count) {
    BigInteger size = last.subtract(first).add(BigInteger.ONE);
    BigInteger parts = BigInteger.valueOf(count);
    BigInteger begin = first.add(size.multiply(BigInteger.valueOf(index)).divide(parts));
    BigInteger next = first.add(size.multiply(BigInteger.valueOf(index + 1L)).divide(parts));
    return new HashRange(begin, next.subtract(BigInteger.ONE));
  }

  boolean contains(BigInteger hash) {
    return hash.compareTo(first) >= 0 && hash.compareTo(last) <= 0;
  }

  boolean isBefore(HashRange other) {
    return last.add(BigInteger.ONE).equals(other.first);
  }

  HashRange below(BigInteger hash) {
    return new HashRange(first, hash.subtract(BigInteger.ONE));
  }

  HashRange from(BigInteger hash) {
    return new HashRange(hash, last);
  }

  HashRange and(HashRange next) {
    return new HashRange(first, next.last);
  }
}
