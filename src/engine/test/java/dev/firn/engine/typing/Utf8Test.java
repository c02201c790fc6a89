package dev.firn.engine.typing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8Test {

  private static final int[] SECONDS = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};

  @Test
  void whatIsWellFormedIsWhatTheJdkDecodes() {
    for (int first = 0x80; first <= 0xFF; first++) {
      for (int second : SECONDS) {
        for (int third : SECONDS) {
          for (int fourth : SECONDS) {
            byte[] bytes = {(byte) first, (byte) second, (byte) third, (byte) fourth};
            assertEquals(decoded(bytes), Utf8.length(bytes, 0, 4), () -> Arrays.toString(bytes));
          }
        }
      }
    }
  }

  @Test
  void aCharacterThatIsCutOffIsNone() {
    byte[] bytes = "🎈".getBytes(StandardCharsets.UTF_8);

    assertEquals(4, Utf8.length(bytes, 0, 4));
    assertEquals(0, Utf8.length(bytes, 0, 3));
    assertEquals(0, Utf8.length(bytes, 0, 1));
  }

  @Test
  void everyCharacterIsWrittenAsTheJdkDoes() {
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
        byte[] out = new byte[4];
        int length = Utf8.write(character, out, 0);
        assertArrayEquals(
            Character.toString(character).getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(out, length));
      }
    }
  }

  /** The length of the first character, if the JDK's strict decoder finds one. */
  private static int decoded(byte[] bytes) {
    for (int length = 2; length <= bytes.length; length++) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
        return length;
      } catch (CharacterCodingException e) {
        // Not a character yet, or none at all: a longer one may be.
      }
    }
    return 0;
  }
}
