package dev.firn.cdc.output;

import dev.firn.console.Failures;
import dev.firn.console.OperatorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** A Kinesis stream that records are put into. Thread-safe. */
final class StreamWriter implements AutoCloseable {

  private final KinesisAsyncClient client;
  private final String stream;

  private StreamWriter(KinesisAsyncClient client, String stream) {
    this.client = client;
    this.stream = stream;
  }

  /** Looks the stream up, so that a wrong name or a missing permission is found at the start. */
  static StreamWriter open(KinesisAsyncClient client, String stream) {
    try {
      client.describeStreamSummary(request -> request.streamName(stream)).join();
      return new StreamWriter(client, stream);
    } catch (CompletionException e) {
      client.close();
      Throwable cause = e.getCause();
      throw PutFailure.refusal(stream, cause)
          .orElseGet(
              () ->
                  new OperatorException(
                      "Cannot reach Kinesis stream %s: %s"
                          .formatted(stream, Failures.describe(cause)),
                      "Check the network, stream.region and stream.endpoint.",
                      cause));
    }
  }

  CompletableFuture<PutRecordsResponse> put(List<PutRecordsRequestEntry> records) {
    return client.putRecords(request -> request.streamName(stream).records(records));
  }

  /** An executor that runs its tasks after the pause. */
  static Executor after(Duration pause) {
    return CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  String stream() {
    return stream;
  }

  @Override
  public void close() {
    client.close();
  }
}
