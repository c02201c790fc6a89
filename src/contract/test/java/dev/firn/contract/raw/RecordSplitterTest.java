package dev.firn.contract.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSplitterTest {

  @Test
  void objectsNeedNoNewlineBetweenThem() throws IOException {
    assertEquals(
        List.of("1 {\"a\":1}", "1 {\"b\":{}}", "2 {\"c\":[]}"),
        records("{\"a\":1}{\"b\":{}}\n\r\n".substring(0, 16) + " {\"c\":[]}"));
  }

  @Test
  void bracesAndQuotesInsideStringsEndNothing() throws IOException {
    assertEquals(List.of("1 {\"a\":\"}{\\\"\\\\\"}", "1 {}"), records("{\"a\":\"}{\\\"\\\\\"}{}"));
  }

  @Test
  void aRecordThatIsCutOffCostsItsLineAlone() throws IOException {
    assertEquals(
        List.of("1 {\"a\":\"cut", "2 {\"b\":1}", "3 garbage", "4 {\"c\":1}"),
        records("{\"a\":\"cut\n{\"b\":1}\ngarbage\n{\"c\":1}"));
    assertEquals(List.of("1 {\"a\":"), records("{\"a\":"));
  }

  @Test
  void emptyLinesBlanksAndAByteOrderMarkAreNothing() throws IOException {
    assertEquals(List.of("3 {}"), records("\uFEFF\n \t\r\n{}\n\n"));
    assertEquals(List.of(), records(""));
  }

  @Test
  void aRecordBeyondTheLimitIsGivenUpAndTheNextLineGoesOn() throws IOException {
    String input = "{\"a\":\"" + "x".repeat(200_000) + "\"}\n{\"b\":1}\n";
    RecordSplitter splitter = splitter(input, 1000);

    assertTrue(splitter.next());
    assertTrue(splitter.isOversize());
    assertTrue(splitter.length() < 200_000);
    assertTrue(splitter.next());
    assertFalse(splitter.isOversize());
    assertEquals("{\"b\":1}", text(splitter));
    assertFalse(splitter.next());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void howTheStreamIsReadMakesNoDifference(long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder input = new StringBuilder();
    List<String> expected = new ArrayList<>();
    int line = 1;
    for (int i = 0; i < 200; i++) {
      String record = "{\"n\":" + i + ",\"s\":\"" + "é}\\\"".repeat(random.nextInt(400)) + "\"}";
      expected.add(line + " " + record);
      input.append(record);
      if (random.nextBoolean()) {
        input.append('\n');
        line++;
      }
    }
    byte[] bytes = input.toString().getBytes(StandardCharsets.UTF_8);

    assertEquals(expected, records(new SmallReads(bytes, random)));
  }

  private static List<String> records(String input) throws IOException {
    return records(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> records(InputStream in) throws IOException {
    RecordSplitter splitter = new RecordSplitter(in, 1 << 20);
    List<String> records = new ArrayList<>();
    while (splitter.next()) {
      records.add(splitter.line() + " " + text(splitter));
    }
    return records;
  }

  private static RecordSplitter splitter(String input, int limit) {
    return new RecordSplitter(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), limit);
  }

  private static String text(RecordSplitter splitter) {
    return new String(
        splitter.buffer(), splitter.offset(), splitter.length(), StandardCharsets.UTF_8);
  }

  /** A network's stream: it answers with fewer bytes than were asked for. */
  private static final class SmallReads extends ByteArrayInputStream {

    private final Random random;

    SmallReads(byte[] bytes, Random random) {
      super(bytes);
      this.random = random;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(length, 1 + random.nextInt(5000)));
    }
  }
}
