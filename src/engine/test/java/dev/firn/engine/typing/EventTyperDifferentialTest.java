package dev.firn.engine.typing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventWriter;
import dev.firn.contract.Position;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.raw.RecordSplitter;
import dev.firn.engine.row.ChangeWriter;
import dev.firn.engine.row.FoldedChange;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.schema.MirrorSchema;
import dev.firn.engine.schema.SourceSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.iceberg.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that the fast typer accepts, the slow reader accepts too, with the same bytes; and the
 * fast typer accepts everything that the producer writes.
 */
class EventTyperDifferentialTest {

  private static final int EVENTS = 400;
  private static final int MUTATIONS = 20;

  private static final List<String> ODD_VALUES =
      List.of(
          "-0",
          "-0.0",
          "01",
          "1.",
          ".5",
          "1e5",
          "1E+05",
          "1e400",
          "-1.5e-7",
          "+1",
          "1.0",
          "0.1",
          "123456789.123456789",
          "9007199254740993.0",
          "1" + "0".repeat(50) + ".0",
          "12345678901234567890",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "2147483648",
          "-2147483648",
          "true",
          "false",
          "null",
          "nul",
          "[]",
          "[null]",
          "[1,null,2]",
          "[1.5]",
          "[true,false]",
          "[\"a\",\"2024-01-01\"]",
          "[\"1.5\"]",
          "[[\"a\"]]",
          "[,]",
          "[1,]",
          "[1 ]",
          "[1",
          "[\"QUI=\",\"\"]",
          "[1,\"x\"]",
          "{}",
          "{\"a\":1}",
          "\"\"",
          "\"NaN\"",
          "\"Infinity\"",
          "\"infinity\"",
          "\"-infinity\"",
          "\"007\"",
          "\"1.\"",
          "\".5\"",
          "\"-0.00\"",
          "\"+1\"",
          "\"1e2\"",
          "\"1.500\"",
          "\"1.5001\"",
          "\"--1\"",
          "\"-\"",
          "\"99999999999999999999999999999999999999\"",
          "\"0." + "9".repeat(38) + "\"",
          "\"999999999999999999\"",
          "\"-9999999999999999999.9999\"",
          "\"2024-02-29\"",
          "\"2023-02-29\"",
          "\"0000-01-01\"",
          "\"0001-01-01\"",
          "\"-0001-01-01\"",
          "\"+10000-01-01\"",
          "\"2024-13-01\"",
          "\"2024-00-01\"",
          "\"2024-04-31\"",
          "\"2024-01-01T24:00:00\"",
          "\"2024-01-01T24:00:00Z\"",
          "\"2024-01-01T23:59:60Z\"",
          "\"2024-01-01T00:00\"",
          "\"2024-01-01T00:00Z\"",
          "\"2024-01-01T00:00:00.\"",
          "\"2024-01-01T00:00:00.Z\"",
          "\"2024-01-01T00:00:00.1234567\"",
          "\"2024-01-01T00:00:00.123456789Z\"",
          "\"2024-01-01T00:00:00.5+00:00\"",
          "\"2024-01-01t00:00:00z\"",
          "\"9999-12-31T23:59:59.999999Z\"",
          "\"0001-01-01T00:00:00.000001\"",
          "\"QUI=\"",
          "\"QUJ=\"",
          "\"QUI\"",
          "\"QQ==\"",
          "\"QR==\"",
          "\"Q===\"",
          "\"====\"",
          "\"QU=I\"",
          "\"QU\\/=\"",
          "\"Q\\u0055I=\"",
          "\"\\u0041\\ud83c\\udf88\"",
          "\"\\ud83c\"",
          "\"\\udf88\"",
          "\"\\ud83cx\"",
          "\"\\u00g0\"",
          "\"\\u004\"",
          "\"\\x\"",
          "\"\\/\\b\\f\"",
          "\"\\u0000\"",
          "\"\\u00E9\\u20AC\"",
          "\"\u007f\"",
          "\"\t\"",
          "\"unended",
          " 1",
          "1 ",
          "\"a\" ",
          "1,\"more\":2",
          "\"2024-01-01T\\u0030\"");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatTheProducerWritesIsTypedFromItsBytes(long seed) throws IOException {
    RandomEvents events = new RandomEvents(seed);
    for (int i = 0; i < EVENTS / 10; i++) {
      Typers typers = typers(events);
      for (int j = 0; j < 10; j++) {
        byte[] line = ChangeEventWriter.line(events.event(typers.of(events.random())));
        assertEquals(line.length - 1, typers.end(line, 0), () -> text(line));
        typers.agree(line);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void oddValuesAreTypedAlikeOrLeft(long seed) throws IOException {
    RandomEvents events = new RandomEvents(seed);
    int typed = 0;
    for (int i = 0; i < EVENTS; i++) {
      Typers typers = typers(events);
      ChangeEvent event = events.withPlaceholder(events.event(typers.of(events.random())));
      String line = text(ChangeEventWriter.line(event));
      for (String odd : ODD_VALUES) {
        byte[] bytes =
            line.replace('"' + RandomEvents.PLACEHOLDER + '"', odd)
                .getBytes(StandardCharsets.UTF_8);
        typed += typers.agree(bytes) ? 1 : 0;
      }
    }
    assertTrue(typed > EVENTS, "typed " + typed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24})
  void damagedEventsAreTypedAlikeOrLeft(long seed) throws IOException {
    RandomEvents events = new RandomEvents(seed);
    int typed = 0;
    for (int i = 0; i < EVENTS; i++) {
      Typers typers = typers(events);
      byte[] line = ChangeEventWriter.line(events.event(typers.of(events.random())));
      for (int j = 0; j < MUTATIONS; j++) {
        typed += typers.agree(mutated(line, events.random())) ? 1 : 0;
      }
    }
    assertTrue(typed > EVENTS, "typed " + typed);
  }

  /** One change of the bytes, or a few. */
  private static byte[] mutated(byte[] line, Random random) {
    byte[] mutated = line.clone();
    for (int i = random.nextInt(8) == 0 ? 3 : 1; i > 0; i--) {
      mutated = mutatedOnce(mutated, random);
    }
    return mutated;
  }

  private static byte[] mutatedOnce(byte[] line, Random random) {
    int at = random.nextInt(line.length);
    int end = Math.min(line.length, at + 1 + random.nextInt(40));
    String inserted = " \t\n\\\"{}[],:0-.eE\u0001\u007fé\ud83c\udf88";
    byte[] one = inserted.getBytes(StandardCharsets.UTF_8);
    byte[] any = {one[random.nextInt(one.length)]};
    byte[] piece = Arrays.copyOfRange(line, at, end);
    return switch (random.nextInt(8)) {
      case 0 -> spliced(line, at, at + 1, (byte) (line[at] ^ 1 << random.nextInt(8)));
      case 1 -> spliced(line, at, at + 1, (byte) random.nextInt(256));
      case 2 -> spliced(line, at, at, any);
      case 3 -> spliced(line, at, at + 1, any);
      case 4 -> spliced(line, at, at + 1, (byte) ('0' + random.nextInt(10)));
      case 5 -> spliced(line, at, end);
      case 6 -> spliced(line, at, at, piece);
      default -> Arrays.copyOf(line, Math.max(at, 1));
    };
  }

  private static byte[] spliced(byte[] line, int from, int to, byte... inserted) {
    byte[] spliced = new byte[line.length - (to - from) + inserted.length];
    System.arraycopy(line, 0, spliced, 0, from);
    System.arraycopy(inserted, 0, spliced, from, inserted.length);
    System.arraycopy(line, to, spliced, from + inserted.length, line.length - to);
    return spliced.length == 0 ? new byte[] {'{'} : spliced;
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  private static Typers typers(RandomEvents events) {
    boolean changeLog = events.random().nextInt(4) == 0;
    SchemaDocument document = changeLog ? events.keyless() : events.mirrored();
    int dropped = events.random().nextInt(document.columns().size());
    List<SchemaDocument> documents = List.of(document, events.without(document, dropped));
    SchemaDocument lake = events.random().nextBoolean() ? document : events.wider(document);
    return new Typers(MirrorSchema.of(lake), documents, changeLog);
  }

  /** Both typers of one table. */
  private static final class Typers {

    private final List<SchemaDocument> documents;
    private final EventTyper fast;
    private final ReferenceTyper reference;
    private final ChangeWriter fastChange;
    private final ChangeWriter referenceChange;
    private final FoldedChange change;

    Typers(Schema schema, List<SchemaDocument> documents, boolean changeLog) {
      RowShape shape = RowShape.of(schema);
      this.documents = documents;
      this.fast =
          new EventTyper(
              TypingPlan.of(
                  documents.get(0).table(),
                  schema,
                  documents.stream().map(SourceSchema::of).toList(),
                  changeLog));
      this.reference = new ReferenceTyper(schema, documents, changeLog);
      this.fastChange = new ChangeWriter(shape);
      this.referenceChange = new ChangeWriter(shape);
      this.change = new FoldedChange(shape);
    }

    SchemaDocument of(Random random) {
      return documents.get(random.nextInt(documents.size()));
    }

    int end(byte[] bytes, int offset) {
      return fast.type(bytes, offset, bytes.length, fastChange);
    }

    /** Whether the fast typer accepts the first record; then both must agree. */
    boolean agree(byte[] bytes) throws IOException {
      int end = end(bytes, 0);
      if (end < 0) {
        return false;
      }
      RecordSplitter splitter = new RecordSplitter(bytes, bytes.length, bytes.length);
      assertTrue(splitter.next());
      assertEquals(splitter.offset() + splitter.length(), end, () -> text(bytes));
      Position position = reference(bytes, end);
      assertEquals(position, fast.position());
      assertEquals(reference.origin(), fast.origin(), () -> text(bytes));
      assertArrayEquals(written(referenceChange), written(fastChange), () -> text(bytes));
      return true;
    }

    private Position reference(byte[] bytes, int end) {
      try {
        return reference.type(bytes, 0, end, referenceChange);
      } catch (RuntimeException e) {
        throw new AssertionError("only the fast way accepts " + text(bytes), e);
      }
    }

    private byte[] written(ChangeWriter writer) {
      return Arrays.copyOf(writer.bytes(), change.at(writer.bytes(), 0).size());
    }
  }
}
