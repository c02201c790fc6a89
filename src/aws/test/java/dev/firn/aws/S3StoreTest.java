package dev.firn.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.contract.raw.RawStore;
import dev.firn.testing.s3.FakeS3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3StoreTest {

  private static final String ENDPOINT = "aws.endpointUrlS3";
  private static final String REGION = "aws.region";

  @TempDir private Path folder;
  private final FakeS3 s3 = FakeS3.start();
  private RawStore store;

  @BeforeEach
  void open() throws IOException {
    System.setProperty(ENDPOINT, s3.endpoint().toString());
    System.setProperty(REGION, "eu-west-1");
    store = RawStores.open("s3://bucket/raw/");
  }

  @AfterEach
  void close() throws IOException {
    System.clearProperty(ENDPOINT);
    System.clearProperty(REGION);
    store.close();
    s3.close();
  }

  @Test
  void bytesBecomeAnObjectBelowThePrefix() throws IOException {
    store.put("sales/hour=01/a.json", bytes("{\"a\":1}\n"));

    assertEquals(List.of("bucket/raw/sales/hour=01/a.json"), s3.objects());
    assertArrayEquals(bytes("{\"a\":1}\n"), s3.object(s3.objects().get(0)).orElseThrow());
  }

  @Test
  void aFileIsTakenOver() throws IOException {
    byte[] content = new byte[300_000];
    content[299_999] = 7;
    Path file = Files.write(folder.resolve("mine"), content);

    store.put("sales/a.json.gz", file);

    assertArrayEquals(content, s3.object("bucket/raw/sales/a.json.gz").orElseThrow());
    assertFalse(Files.exists(file));
  }

  @Test
  void onlyWhatIsThereExists() throws IOException {
    store.put("a", bytes("x"));

    assertTrue(store.exists("a"));
    assertFalse(store.exists("b"));
  }

  @Test
  void whatIsReadIsWhatWasWrittenAndNothingWhereNothingIs() throws IOException {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    store.put("_slot/firn.json", content);
    store.put("empty", new byte[0]);

    assertArrayEquals(content, store.read("_slot/firn.json").orElseThrow());
    assertArrayEquals(new byte[0], store.read("empty").orElseThrow());
    assertEquals(Optional.empty(), store.read("_slot/other.json"));
  }

  @Test
  void aReadIsTriedAgainWhereTheServiceIsBusyOrTheAnswerIsCutOff() throws IOException {
    store.put("a", bytes("0123456789"));

    s3.slowDown(1);
    assertArrayEquals(bytes("0123456789"), store.read("a").orElseThrow());
    s3.cutOff(1);
    assertArrayEquals(bytes("0123456789"), store.read("a").orElseThrow());
  }

  @Test
  void aReadThatFailsIsNeverAShorterFileOrNone() throws IOException {
    store.put("a", bytes("0123456789"));

    s3.slowDown(Integer.MAX_VALUE);
    assertEquals("Cannot read raw file: s3://bucket/raw/a", failureOfRead());
    s3.slowDown(0);
    s3.cutOff(Integer.MAX_VALUE);
    assertEquals("Cannot read raw file: s3://bucket/raw/a", failureOfRead());
  }

  @Test
  void aReadThatIsNotAllowedOrOfNoBucketIsTheOperatorsMistake() throws IOException {
    store.put("a", bytes("x"));

    s3.refuse(403, "AccessDenied");
    OperatorException forbidden = assertThrows(OperatorException.class, () -> store.read("a"));
    assertTrue(forbidden.getMessage().contains("S3 refuses it: s3://bucket/raw/a"));
    s3.refuse(404, "NoSuchBucket");
    OperatorException none = assertThrows(OperatorException.class, () -> store.read("a"));
    assertTrue(none.getMessage().contains("the bucket does not exist: bucket"), none.getMessage());
  }

  private String failureOfRead() {
    return assertThrows(IOException.class, () -> store.read("a")).getMessage();
  }

  @Test
  void aBusyServiceIsAskedAgain() throws IOException {
    s3.slowDown(1);

    store.put("a", bytes("x"));

    assertEquals(List.of("bucket/raw/a"), s3.objects());
  }

  @Test
  void afterAFailureTheFileIsStillThere() throws IOException {
    s3.slowDown(Integer.MAX_VALUE);
    Path file = Files.writeString(folder.resolve("mine"), "x");

    IOException failure = assertThrows(IOException.class, () -> store.put("a", file));

    assertEquals("Cannot write raw file: s3://bucket/raw/a", failure.getMessage());
    assertTrue(Files.exists(file));
  }

  @Test
  void anAddressWithoutABucketIsTheOperatorsMistake() {
    assertThrows(OperatorException.class, () -> RawStores.open("s3:///raw"));
    assertThrows(OperatorException.class, () -> RawStores.open("s3://"));
  }

  @Test
  void aFolderIsARawZoneToo() throws IOException {
    try (RawStore local = RawStores.open(folder.resolve("raw").toString())) {
      local.put("a/b", bytes("x"));
    }

    assertEquals("x", Files.readString(folder.resolve("raw/a/b")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
