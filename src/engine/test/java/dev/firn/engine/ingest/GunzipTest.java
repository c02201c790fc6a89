package dev.firn.engine.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.raw.RecordSplitter;
import dev.firn.engine.testing.FaultyStorage;
import dev.firn.engine.testing.RawFiles;
import dev.firn.pipeline.ReadLimits;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTest {

  @TempDir private Path folder;
  private FileSystem files;

  @BeforeEach
  void openFileSystem() throws IOException {
    Configuration hadoop = new Configuration(false);
    FaultyStorage.register(hadoop);
    files = FileSystem.newInstance(URI.create("faulty:///"), hadoop);
  }

  @AfterEach
  void heal() {
    FaultyStorage.heal();
  }

  @ParameterizedTest(name = "{0} bytes held")
  @ValueSource(ints = {0, 1, 7, 8, 15, 16, 17, 1 << 20})
  void theSameRecordsAreReadWhetherOrNotTheFileIsHeld(int held) throws Exception {
    assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), records(held, gzip("{\"a\":1}\n{\"b\":2}\n")));
  }

  @ParameterizedTest(name = "{0} bytes held")
  @ValueSource(ints = {100, 1 << 20, 1 << 22})
  void aFileThatIsLargerThanItsFirstBufferIsWhole(int held) throws Exception {
    List<String> lines =
        IntStream.range(0, 60_000).mapToObj("{\"a\":\"same\",\"n\":%d}"::formatted).toList();

    assertEquals(lines, records(held, gzip(String.join("\n", lines))));
  }

  @Test
  void everyMemberIsRead() throws Exception {
    byte[] two = concat(gzip("{\"a\":1}\n{\"b\""), gzip(":2}\n"));

    assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), records(1 << 20, two));
    assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), records(4, two));
  }

  @Test
  void oneFileLeavesNothingForTheNext() throws Exception {
    Gunzip gunzip = new Gunzip(files, 1 << 20, ReadLimits.DEFAULT);

    assertEquals(List.of("{\"a\":\"first\"}"), records(gunzip, gzip("{\"a\":\"first\"}\n")));
    assertEquals(List.of("{}"), records(gunzip, gzip("{}")));
    assertThrows(DamagedFileException.class, () -> records(gunzip, new byte[] {1, 2, 3}));
    assertEquals(List.of(), records(gunzip, gzip("")));
  }

  @ParameterizedTest(name = "{0} bytes held")
  @ValueSource(ints = {4, 1 << 20})
  void aDamagedFileHasNoRecord(int held) {
    byte[] whole = gzip("{\"a\":1}\n{\"b\":2}\n");
    byte[] flipped = whole.clone();
    flipped[flipped.length - 7] ^= 1;

    assertEquals("the file is empty: it has no gzip header", damage(held));
    assertTrue(damage(held, flipped).startsWith("the gzip check failed: "));
    assertTrue(damage(held, whole, new byte[] {1, 2}).startsWith("the gzip check failed: "));
    assertTrue(damage(held, whole, flipped).startsWith("the gzip check failed: "));
    assertEquals(
        "the gzip check failed: the file is truncated",
        damage(held, Arrays.copyOf(whole, whole.length - 9)));
  }

  @ParameterizedTest(name = "{0} bytes held")
  @ValueSource(ints = {4, 1 << 20})
  void whatTheStorageFailsToGiveIsNoDamage(int held) {
    byte[] two = concat(gzip("{\"a\":1}\n"), gzip("{\"b\":2}\n"));
    for (int bytes = 0; bytes < two.length; bytes++) {
      for (IOException failure :
          List.of(
              new SocketTimeoutException("Read timed out"),
              new AccessDeniedException("kms:Decrypt"),
              new EOFException("connection reset"),
              new ClosedByInterruptException())) {
        FaultyStorage.failAfter(bytes, failure);
        assertSame(failure, assertThrows(IOException.class, () -> records(held, two)));
      }
    }
  }

  @Test
  void aFileThatIsNotAsLongAsItWasListedIsNoDamage() throws Exception {
    byte[] two = concat(gzip("{\"a\":1}\n"), gzip("{\"b\":2}\n"));
    for (int bytes = 0; bytes < two.length; bytes++) {
      FaultyStorage.endAfter(bytes);
      String expected =
          "the storage returned %d bytes, but %d were listed".formatted(bytes, two.length);
      IOException failure = assertThrows(IOException.class, () -> records(1 << 20, two));
      assertEquals(expected, failure.getMessage());
    }
    FaultyStorage.heal();
    Path file = Files.write(folder.resolve("grown.json.gz"), two);
    Gunzip gunzip = new Gunzip(files, 1 << 20, ReadLimits.DEFAULT);
    assertThrows(IOException.class, () -> gunzip.open(path(file), two.length - 1));
  }

  @Test
  void damageIsFoundOnlyWhenAllBytesAreThere() {
    byte[] broken = concat(new byte[] {1, 2, 3}, new byte[200_000]);
    FaultyStorage.failAfter(150_000, new SocketTimeoutException("Read timed out"));
    assertThrows(SocketTimeoutException.class, () -> records(1 << 20, broken));
    FaultyStorage.heal();
    assertThrows(DamagedFileException.class, () -> records(1 << 20, broken));
  }

  @Test
  void noByteThatIsWrongIsMoreThanDamage() {
    byte[] whole = gzip("{\"a\":1}\n{\"b\":2}\n");
    for (int i = 0; i < whole.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[i] ^= (byte) (1 << bit);
        try {
          assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), records(1 << 20, flipped));
        } catch (DamagedFileException e) {
          assertTrue(e.getMessage().startsWith("the gzip check failed: "), e.getMessage());
        } catch (Exception e) {
          throw new AssertionError("bit %d of byte %d".formatted(bit, i), e);
        }
      }
    }
  }

  @Test
  void whatExpandsAlotIsDataUpToTheLimitOfAFile() throws Exception {
    byte[] bomb = gzip("x".repeat(20 << 20));
    ReadLimits limits = new ReadLimits(ReadLimits.LEAST_RECORD, 10 << 20);

    assertEquals(1, records(1 << 20, bomb).size());
    assertEquals(
        "the file decompresses to more than 10,485,760 bytes (merge.max_file)",
        assertThrows(
                DamagedFileException.class, () -> records(new Gunzip(files, 1 << 20, limits), bomb))
            .getMessage());
  }

  private String damage(int held, byte[]... parts) {
    return assertThrows(DamagedFileException.class, () -> records(held, concat(parts)))
        .getMessage();
  }

  private List<String> records(int held, byte[] content) throws Exception {
    return records(new Gunzip(files, held, ReadLimits.DEFAULT), content);
  }

  private List<String> records(Gunzip gunzip, byte[] content) throws Exception {
    Path file = Files.write(folder.resolve("file.json.gz"), content);
    List<String> records = new ArrayList<>();
    try (ExpandedFile opened = gunzip.open(path(file), content.length)) {
      RecordSplitter splitter = opened.records();
      while (splitter.next()) {
        records.add(
            new String(
                splitter.buffer(), splitter.offset(), splitter.length(), StandardCharsets.UTF_8));
      }
    }
    return records;
  }

  private static org.apache.hadoop.fs.Path path(Path file) {
    return new org.apache.hadoop.fs.Path("faulty:" + file);
  }

  private static byte[] gzip(String content) {
    return RawFiles.gzip(content.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] concat(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
