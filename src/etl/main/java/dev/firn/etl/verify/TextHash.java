package dev.firn.etl.verify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first sixty bits of a text's MD5, as a number that is never negative. Every PostgreSQL can
 * compute MD5 without an extension. Here it detects mistakes, not attacks.
 */
final class TextHash {

  private static final int HEX_DIGITS = 15;
  private static final int BYTES = 8;

  private TextHash() {}

  static long of(String text) {
    byte[] digest = md5().digest(text.getBytes(StandardCharsets.UTF_8));
    long bits = 0;
    for (int i = 0; i < BYTES; i++) {
      bits = bits << Byte.SIZE | Byte.toUnsignedLong(digest[i]);
    }
    return bits >>> (Long.SIZE - 4 * HEX_DIGITS);
  }

  /**
   * The same in SQL.
   *
   * @param text an SQL expression of type text
   */
  static String sql(String text) {
    return "('x0' || substr(md5(convert_to(%s, 'UTF8')), 1, %s))::bit(64)::bigint"
        .formatted(text, HEX_DIGITS);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash rows: the JDK has no MD5", e);
    }
  }
}
