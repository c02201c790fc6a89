package dev.firn.pipeline;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it: {@code 4gb}. A unit is 1024 of the one before. */
final class ByteSize {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s*(b|kb|mb|gb|tb)");

  private ByteSize() {}

  /** The bytes; empty if the text is not a size, or is blank. */
  static OptionalLong parse(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    long bytes =
        switch (matcher.group(2)) {
          case "b" -> amount;
          case "kb" -> amount << 10;
          case "mb" -> amount << 20;
          case "gb" -> amount << 30;
          default -> amount << 40;
        };
    return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
  }
}
