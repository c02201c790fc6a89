package dev.firn.engine.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventWriter;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.engine.raw.RawFile;
import dev.firn.engine.schema.MirrorSchema;
import dev.firn.engine.schema.SourceSchema;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import dev.firn.engine.typing.EventReader;
import dev.firn.pipeline.ReadLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnSpark
class RawReaderTest {

  private static final long MOST = 2 << 20;
  private static final SchemaDocument DOCUMENT =
      new SchemaDocument(
          new TableToken("sales"),
          "public.sales",
          List.of(new Column("id", "int8", List.of(), false, 1)),
          ReplicaIdentity.DEFAULT);

  @TempDir private Path raw;

  @Test
  void aFewFilesAreReadHereAsTasksReadThem(TestLake lake) throws IOException {
    RawReader reader = reader(lake);
    List<RawFile> files = List.of(file("one", line(1)), file("two", line(2), "{ no event"));

    List<Gathered> here = reader.readHere(files, MOST).orElseThrow();

    assertEquals(told(reader.read(files).collect()), told(here));
    assertEquals(List.of("FileCount", "FileCount", "ReadChanges", "Rejection"), told(here));
  }

  @Test
  void manyFilesAreLeftToTasks(TestLake lake) throws IOException {
    RawFile one = file("one", line(1));

    assertTrue(reader(lake).readHere(List.of(one), one.length()).isEmpty());
  }

  @Test
  void aSmallFileThatHoldsTooMuchIsLeftToTasks(TestLake lake) throws IOException {
    String[] broken = new String[20_000];
    Arrays.fill(broken, "{ no event");

    assertTrue(reader(lake).readHere(List.of(file("bomb", broken)), MOST).isEmpty());
  }

  private RawReader reader(TestLake lake) {
    EventReader table =
        new EventReader(
            DOCUMENT.table(),
            MirrorSchema.of(DOCUMENT),
            List.of(SourceSchema.of(DOCUMENT)),
            /* changeLog= */ false);
    return new RawReader(
        JavaSparkContext.fromSparkContext(lake.spark().sparkContext()),
        raw.toString(),
        table,
        RecordFormat.FIRN,
        ReadLimits.DEFAULT);
  }

  private RawFile file(String name, String... lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Files.write(raw.resolve(name), bytes.toByteArray());
    return new RawFile(name, bytes.size());
  }

  private static String line(long id) {
    byte[] line =
        ChangeEventWriter.line(
            new ChangeEvent(
                DOCUMENT.version(),
                Operation.INSERT,
                new Position(1, id, 0),
                Instant.EPOCH,
                RowImage.written(Map.of("id", id), new TreeMap<>(Map.of("id", id)))));
    return new String(line, StandardCharsets.UTF_8).strip();
  }

  private static List<String> told(List<Gathered> gathered) {
    return gathered.stream().map(one -> one.getClass().getSimpleName()).sorted().toList();
  }
}
