package dev.firn.contract.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

  @ParameterizedTest(name = "{0} between them")
  @ValueSource(strings = {"\n", "", "\n\n"})
  void aRecordBeyondTheLimitIsGivenUpAndTheNextOneIsRead(String between) throws IOException {
    String first = "{\"n\":1}\n";
    String large = "{\"a\":\"" + "x}".repeat(100_000) + "\"}";
    byte[] input = (first + large + between + "{\"b\":1}\n").getBytes(StandardCharsets.UTF_8);

    for (RecordSplitter splitter :
        List.of(
            new RecordSplitter(new ByteArrayInputStream(input), 5000),
            new RecordSplitter(new SmallReads(input, new Random(1)), 5000),
            new RecordSplitter(input, input.length, 5000))) {
      assertTrue(splitter.next());
      assertFalse(splitter.isOversize());
      assertTrue(splitter.next());
      assertTrue(splitter.isOversize());
      assertEquals(first.length(), splitter.position());
      assertEquals(large.length(), splitter.recordBytes());
      assertEquals(large.substring(0, RecordSplitter.KEPT), text(splitter));
      assertTrue(splitter.next());
      assertFalse(splitter.isOversize());
      assertEquals(first.length() + large.length() + between.length(), splitter.position());
      assertEquals("{\"b\":1}", text(splitter));
      assertFalse(splitter.next());
    }
  }

  @Test
  void aRecordBeyondTheLimitThatIsCutOffCostsItsLineAlone() throws IOException {
    RecordSplitter splitter = splitter("x".repeat(200_000) + "\n{\"b\":1}\n", 5000);

    assertTrue(splitter.next());
    assertEquals(200_000, splitter.recordBytes());
    assertTrue(splitter.next());
    assertEquals("{\"b\":1}", text(splitter));
  }

  @Test
  void theLimitIsTheLastLengthThatIsRead() throws IOException {
    String record = "{\"a\":\"" + "x".repeat(100_000) + "\"}";
    for (int limit : new int[] {record.length(), record.length() - 1}) {
      for (RecordSplitter splitter :
          List.of(splitter(record, limit), splitter(record + "\n{}", limit))) {
        assertTrue(splitter.next());
        assertEquals(limit < record.length(), splitter.isOversize());
      }
    }
  }

  @Test
  void ofARecordWithoutEndNoMoreThanTheLimitIsHeld() throws IOException {
    InputStream endless = new Endless(50L << 20);
    RecordSplitter splitter = new RecordSplitter(endless, 1 << 20);

    assertTrue(splitter.next());
    assertEquals(50L << 20, splitter.recordBytes());
    assertTrue(splitter.buffer().length < 2 << 20, splitter.buffer().length + " bytes are held");
  }

  @Test
  void theNamedValuesOfARecordAreCounted() throws IOException {
    RecordSplitter splitter = splitter("{\"a\":{\"b\":[1,{\"c\":2}]},\"d\":\":::\"}{}", 1000);

    assertTrue(splitter.next());
    assertEquals(4, splitter.fields());
    assertTrue(splitter.next());
    assertEquals(0, splitter.fields());
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
    assertEquals(expected, records(whole(bytes, bytes.length)));
    assertEquals(
        expected, takenInTurns(new RecordSplitter(new SmallReads(bytes, random), 1 << 20), random));
    assertEquals(expected, takenInTurns(whole(bytes, bytes.length), random));
  }

  @Test
  void whatIsBehindTheLengthDoesNotCount() throws IOException {
    byte[] bytes = "{\"a\":1}\n{\"b\":1}".getBytes(StandardCharsets.UTF_8);

    assertEquals(List.of("1 {\"a\":1}"), records(whole(bytes, 8)));
    assertEquals(List.of("1 {\"a\":1"), records(whole(bytes, 6)));
    assertEquals(List.of(), records(whole(bytes, 0)));
  }

  @Test
  void lookingMovesNothing() throws IOException {
    RecordSplitter splitter = splitter("\n{\"a\":1}\n\n{\"b\":1}", 1000);

    assertTrue(splitter.look());
    assertTrue(splitter.look());
    assertEquals(0, splitter.length());
    assertEquals(2, splitter.line());
    splitter.take(splitter.windowStart() + 7);
    assertEquals("{\"a\":1}", text(splitter));
    assertTrue(splitter.look());
    assertTrue(splitter.next());
    assertEquals("4 {\"b\":1}", splitter.line() + " " + text(splitter));
    assertFalse(splitter.look());
  }

  private static List<String> records(String input) throws IOException {
    return records(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> records(InputStream in) throws IOException {
    return records(new RecordSplitter(in, 1 << 20));
  }

  private static List<String> records(RecordSplitter splitter) throws IOException {
    List<String> records = new ArrayList<>();
    while (splitter.next()) {
      records.add(splitter.line() + " " + text(splitter));
    }
    return records;
  }

  /** Some records are taken by their end, where the window holds it, and the others split. */
  private static List<String> takenInTurns(RecordSplitter splitter, Random random)
      throws IOException {
    List<String> records = new ArrayList<>();
    while (splitter.look()) {
      int end = random.nextBoolean() ? -1 : endInWindow(splitter);
      if (end < 0) {
        assertTrue(splitter.next());
      } else {
        splitter.take(end);
      }
      records.add(splitter.line() + " " + text(splitter));
    }
    return records;
  }

  private static int endInWindow(RecordSplitter splitter) throws IOException {
    int start = splitter.windowStart();
    int length = splitter.windowEnd() - start;
    byte[] window = Arrays.copyOfRange(splitter.buffer(), start, start + length);
    RecordSplitter one = whole(window, length);
    one.next();
    boolean whole = window[one.length() - 1] == '}' && one.length() < length;
    return whole ? start + one.length() : -1;
  }

  private static RecordSplitter whole(byte[] bytes, int length) {
    return new RecordSplitter(bytes, length, 1 << 20);
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

  /** One letter, so often. */
  private static final class Endless extends InputStream {

    private long left;

    Endless(long count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(target, offset, offset + count, (byte) 'x');
      left -= count;
      return count;
    }
  }
}
