package dev.firn.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.contract.raw.RawStore;
import dev.firn.pipeline.KinesisConfig;
import dev.firn.testing.aws.AwsLocal;
import dev.firn.testing.aws.AwsLocalExtension;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

/** Firn's clients as they are on AWS, against another's idea of AWS than our own fakes. */
@ExtendWith(AwsLocalExtension.class)
class AwsLocalTest {

  private AwsLocal aws;

  @BeforeEach
  void use(AwsLocal aws) {
    this.aws = aws;
    aws.becomeDefault();
  }

  @AfterEach
  void leave() {
    aws.resignAsDefault();
  }

  @Test
  void aRawFileIsThereOnceItIsPut() throws IOException {
    try (S3Client s3 = S3Clients.open(Optional.empty());
        RawStore store = RawStores.open("s3://firn-raw/raw")) {
      s3.createBucket(request -> request.bucket("firn-raw"));
      assertFalse(store.exists("sales/hour=01/a.json"));

      store.put("sales/hour=01/a.json", new byte[] {1, 2});

      assertTrue(store.exists("sales/hour=01/a.json"));
      assertEquals(
          SdkBytes.fromByteArray(new byte[] {1, 2}),
          SdkBytes.fromByteArray(
              s3.getObjectAsBytes(get -> get.bucket("firn-raw").key("raw/sales/hour=01/a.json"))
                  .asByteArray()));
    }
  }

  @Test
  void aBucketThatIsNotThereIsTheOperatorsMistake() throws IOException {
    try (RawStore store = RawStores.open("s3://firn-none/raw")) {
      assertThrows(OperatorException.class, () -> store.put("a.json", new byte[0]));
    }
  }

  @Test
  void recordsComeBackAsTheyWerePut() {
    KinesisConfig config =
        new KinesisConfig(
            "firn-records",
            Optional.of(aws.region()),
            Optional.of(aws.endpoint()),
            KinesisConfig.DEFAULT_RECORD_BYTES);
    SdkBytes data = SdkBytes.fromByteArray(new byte[] {0, 1, (byte) 0xFF, '\n'});
    try (KinesisAsyncClient kinesis = KinesisClients.open(config)) {
      kinesis.createStream(request -> request.streamName(config.stream()).shardCount(1)).join();

      PutRecordsResponse put =
          kinesis
              .putRecords(
                  request ->
                      request
                          .streamName(config.stream())
                          .records(
                              PutRecordsRequestEntry.builder()
                                  .partitionKey("key")
                                  .data(data)
                                  .build()))
              .join();

      assertEquals(0, put.failedRecordCount());
      assertEquals(data, first(kinesis, config.stream(), put.records().get(0).shardId()));
    }
  }

  private static SdkBytes first(KinesisAsyncClient kinesis, String stream, String shard) {
    String iterator =
        kinesis
            .getShardIterator(
                request ->
                    request
                        .streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .join()
            .shardIterator();
    return kinesis.getRecords(r -> r.shardIterator(iterator)).join().records().get(0).data();
  }
}
