package dev.firn.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.pipeline.KinesisConfig;
import dev.firn.testing.kinesis.FakeKinesis;
import dev.firn.testing.kinesis.KinesisFaults;
import dev.firn.testing.kinesis.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The stand-in for Kinesis, asked by the client that the product uses. */
class FakeKinesisTest {

  private static final String STREAM = "changes";
  private static final String CBOR = "aws.cborEnabled";

  private final FakeKinesis kinesis = FakeKinesis.start();
  private KinesisAsyncClient client;

  @BeforeEach
  void open() {
    kinesis.createStream(STREAM, 2);
    client = client();
  }

  @AfterEach
  void close() {
    client.close();
    kinesis.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void whatIsPutIsReadInBothFormats(String cbor) {
    System.setProperty(CBOR, cbor);
    try (KinesisAsyncClient ours = client()) {
      byte[] data = {0, 1, (byte) 0xFF, '\n', 'x'};
      PutRecordsResultEntry put =
          ours.putRecords(r -> r.streamName(STREAM).records(entry("key", data)))
              .join()
              .records()
              .get(0);

      String iterator = iterator(put.shardId(), ShardIteratorType.TRIM_HORIZON);
      Record read = ours.getRecords(r -> r.shardIterator(iterator)).join().records().get(0);

      assertEquals(SdkBytes.fromByteArray(data), read.data());
      assertEquals(put.sequenceNumber(), read.sequenceNumber());
      assertEquals("key", read.partitionKey());
      StoredRecord stored = kinesis.records(STREAM).get(0);
      assertEquals(
          stored.arrival().toEpochMilli(), read.approximateArrivalTimestamp().toEpochMilli());
    } finally {
      System.clearProperty(CBOR);
    }
  }

  @Test
  void keysAreSpreadOverTheShardsAndStayWithTheirs() {
    PutRecordsResponse first = put(100);
    PutRecordsResponse second = put(100);

    assertEquals(List.copyOf(kinesis.shards(STREAM)), List.copyOf(shardsOf(first)));
    for (int i = 0; i < 100; i++) {
      assertEquals(first.records().get(i).shardId(), second.records().get(i).shardId());
    }
  }

  @Test
  void theKeyOfAShardIsTheMd5OfThePartitionKey() {
    // md5("a") begins with 0c, md5("b") with 92: the lower and the upper half.
    assertEquals("shardId-000000000000", kinesis.put(STREAM, "a", new byte[0]));
    assertEquals("shardId-000000000001", kinesis.put(STREAM, "b", new byte[0]));
  }

  @Test
  void onlyTheNthRecordsAreRefused() {
    kinesis.faults().refuseEvery(3);

    PutRecordsResponse answer = put(10);

    assertEquals(3, answer.failedRecordCount());
    for (int i = 0; i < 10; i++) {
      assertEquals((i + 1) % 3 == 0, answer.records().get(i).errorCode() != null);
    }
    assertEquals(7, kinesis.records(STREAM).size());
  }

  @Test
  void aThrottledStreamTakesNothingUntilItIsCleared() {
    kinesis.faults().throttle();
    assertEquals(5, put(5).failedRecordCount());
    kinesis.faults().clear();
    assertEquals(0, put(5).failedRecordCount());

    assertEquals(5, kinesis.records(STREAM).size());
  }

  @Test
  void noMoreThanTheRateIsTaken() {
    kinesis.faults().acceptPerSecond(4);

    assertEquals(6, put(10).failedRecordCount());
  }

  @Test
  void aLostResponseLeavesTheRecordsThere() {
    kinesis.faults().loseResponse(KinesisFaults.PUT_RECORDS, 1);

    failure(client.putRecords(r -> r.streamName(STREAM).records(entries(3))));

    assertEquals(3, kinesis.records(STREAM).size());
    assertEquals(1, kinesis.requests(KinesisFaults.PUT_RECORDS));
  }

  @Test
  void serverErrorsComeAsTheyAreAndAreNotTriedAgain() {
    kinesis.faults().failInternally(KinesisFaults.PUT_RECORDS, 1);
    kinesis.faults().beUnavailable(KinesisFaults.PUT_RECORDS, 1);
    kinesis.faults().throttle(KinesisFaults.PUT_RECORDS, 1);

    assertEquals(500, putFailure().statusCode());
    assertEquals(503, putFailure().statusCode());
    assertInstanceOf(ProvisionedThroughputExceededException.class, putFailure());
    assertEquals(0, put(1).failedRecordCount());
    assertEquals(4, kinesis.requests(KinesisFaults.PUT_RECORDS));
  }

  @Test
  void limitsAreThoseOfKinesis() {
    assertInstanceOf(InvalidArgumentException.class, failureOf(entries(501)));
    assertInstanceOf(InvalidArgumentException.class, failureOf(List.of(entry("k".repeat(257)))));
    assertInstanceOf(InvalidArgumentException.class, failureOf(List.of(entry(""))));
    assertInstanceOf(
        InvalidArgumentException.class, failureOf(List.of(entry("k", new byte[1 << 20]))));
    List<PutRecordsRequestEntry> six =
        IntStream.range(0, 6).mapToObj(i -> entry("k", new byte[900 << 10])).toList();
    assertInstanceOf(InvalidArgumentException.class, failureOf(six));
    assertTrue(kinesis.records(STREAM).isEmpty());
  }

  @Test
  void aShuffledRequestIsStoredInAnotherOrder() {
    kinesis.faults().shuffle(1);

    PutRecordsResponse answer = put(100);

    List<String> numbers =
        answer.records().stream().map(PutRecordsResultEntry::sequenceNumber).toList();
    assertFalse(numbers.equals(List.copyOf(new TreeSet<>(numbers))));
    assertEquals(100, new TreeSet<>(numbers).size());
  }

  @Test
  void iteratorsBeginAtTheRequestedPosition() {
    for (String text : List.of("1", "2", "3")) {
      kinesis.put(STREAM, "a", text.getBytes(StandardCharsets.UTF_8));
    }
    String shard = kinesis.shards(STREAM).get(0);
    StoredRecord second = kinesis.records(STREAM, shard).get(1);
    String number = second.sequenceNumber().toString();

    assertEquals(List.of("1", "2", "3"), read(iterator(shard, ShardIteratorType.TRIM_HORIZON)));
    assertEquals(List.of(), read(iterator(shard, ShardIteratorType.LATEST)));
    assertEquals(
        List.of("2", "3"), read(iterator(shard, ShardIteratorType.AT_SEQUENCE_NUMBER, number)));
    assertEquals(
        List.of("3"), read(iterator(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, number)));
    String atTime =
        client
            .getShardIterator(
                r ->
                    r.streamName(STREAM)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(second.arrival().plusSeconds(60)))
            .join()
            .shardIterator();
    assertEquals(List.of(), read(atTime));
  }

  @Test
  void aReaderGetsItsLag() throws InterruptedException {
    kinesis.put(STREAM, "a", new byte[1]);
    kinesis.put(STREAM, "a", new byte[1]);
    Thread.sleep(5);
    String iterator = iterator(kinesis.shards(STREAM).get(0), ShardIteratorType.TRIM_HORIZON);

    GetRecordsResponse one = client.getRecords(r -> r.shardIterator(iterator).limit(1)).join();
    GetRecordsResponse two =
        client.getRecords(r -> r.shardIterator(one.nextShardIterator())).join();

    assertTrue(one.millisBehindLatest() > 0);
    assertEquals(0, two.millisBehindLatest());
  }

  @Test
  void aClosedShardEndsAndNamesItsChildren() {
    kinesis.put(STREAM, "a", new byte[1]);
    String parent = kinesis.shards(STREAM).get(0);
    client
        .splitShard(
            r ->
                r.streamName(STREAM)
                    .shardToSplit(parent)
                    .newStartingHashKey(shard(0).hashKeyRange().endingHashKey()))
        .join();

    String iterator = iterator(parent, ShardIteratorType.TRIM_HORIZON);
    GetRecordsResponse answer = client.getRecords(r -> r.shardIterator(iterator)).join();

    assertEquals(1, answer.records().size());
    assertNull(answer.nextShardIterator());
    assertEquals(2, answer.childShards().size());
    assertEquals(parent, shard(2).parentShardId());
    assertEquals(
        shard(0).hashKeyRange().startingHashKey(), shard(2).hashKeyRange().startingHashKey());
    assertTrue(shard(0).sequenceNumberRange().endingSequenceNumber() != null);
  }

  @Test
  void mergedShardsHaveOneChildWithTwoParents() {
    List<String> shards = kinesis.shards(STREAM);
    client
        .mergeShards(
            r ->
                r.streamName(STREAM)
                    .shardToMerge(shards.get(0))
                    .adjacentShardToMerge(shards.get(1)))
        .join();

    assertEquals(shards.get(0), shard(2).parentShardId());
    assertEquals(shards.get(1), shard(2).adjacentParentShardId());
    assertEquals("0", shard(2).hashKeyRange().startingHashKey());
    assertEquals(
        "shardId-000000000002", kinesis.put(STREAM, "a", new byte[0]), "writes go to the child");
  }

  @Test
  void anExpiredIteratorIsRefused() throws InterruptedException {
    String iterator = iterator(kinesis.shards(STREAM).get(0), ShardIteratorType.TRIM_HORIZON);
    Thread.sleep(2);
    kinesis.faults().expireIterators();

    assertInstanceOf(
        ExpiredIteratorException.class, failure(client.getRecords(r -> r.shardIterator(iterator))));
  }

  @Test
  void aMissingStreamIsNotFound() {
    assertInstanceOf(
        ResourceNotFoundException.class,
        failure(client.describeStreamSummary(r -> r.streamName("other"))));
    client.createStream(r -> r.streamName("other").shardCount(3)).join();
    assertEquals(
        3,
        client
            .describeStreamSummary(r -> r.streamName("other"))
            .join()
            .streamDescriptionSummary()
            .openShardCount());
  }

  @Test
  void shardsAreListedPageByPage() {
    var first = client.listShards(r -> r.streamName(STREAM).maxResults(1)).join();
    var second = client.listShards(r -> r.nextToken(first.nextToken())).join();

    assertEquals("shardId-000000000000", first.shards().get(0).shardId());
    assertEquals("shardId-000000000001", second.shards().get(0).shardId());
    assertNull(second.nextToken());
  }

  private KinesisAsyncClient client() {
    return KinesisClients.open(
        new KinesisConfig(
            STREAM,
            Optional.of("eu-west-1"),
            Optional.of(kinesis.endpoint()),
            KinesisConfig.DEFAULT_RECORD_BYTES));
  }

  private PutRecordsResponse put(int count) {
    return client.putRecords(r -> r.streamName(STREAM).records(entries(count))).join();
  }

  private KinesisException putFailure() {
    return assertInstanceOf(KinesisException.class, failureOf(entries(1)));
  }

  private Throwable failureOf(Collection<PutRecordsRequestEntry> entries) {
    return failure(client.putRecords(r -> r.streamName(STREAM).records(entries)));
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return assertThrows(CompletionException.class, future::join).getCause();
  }

  private String iterator(String shard, ShardIteratorType type) {
    return iterator(shard, type, null);
  }

  private String iterator(String shard, ShardIteratorType type, String number) {
    return client
        .getShardIterator(
            r ->
                r.streamName(STREAM)
                    .shardId(shard)
                    .shardIteratorType(type)
                    .startingSequenceNumber(number))
        .join()
        .shardIterator();
  }

  private List<String> read(String iterator) {
    return client.getRecords(r -> r.shardIterator(iterator)).join().records().stream()
        .map(record -> record.data().asUtf8String())
        .toList();
  }

  private Shard shard(int index) {
    return client.listShards(r -> r.streamName(STREAM)).join().shards().get(index);
  }

  private static Set<String> shardsOf(PutRecordsResponse answer) {
    Set<String> shards = new TreeSet<>();
    answer.records().forEach(record -> shards.add(record.shardId()));
    return shards;
  }

  private static List<PutRecordsRequestEntry> entries(int count) {
    return IntStream.range(0, count).mapToObj(i -> entry("key " + i)).toList();
  }

  private static PutRecordsRequestEntry entry(String key) {
    return entry(key, new byte[] {1});
  }

  private static PutRecordsRequestEntry entry(String key, byte[] data) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(key)
        .data(SdkBytes.fromByteArray(data))
        .build();
  }
}
