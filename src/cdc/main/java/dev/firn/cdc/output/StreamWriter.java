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

/** A Kinesis stream that records are put into. Safe for use by several threads. */
final class StreamWriter implements AutoCloseable {

  private final KinesisAsyncClient client;
  private final String stream;

  private StreamWriter(KinesisAsyncClient client, String stream) {
    this.client = client;
    this.stream = stream;
  }

  /** Asks for the stream, so that a wrong name or missing right is known before all else. */
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

  /** Runs what it is given after the pause. */
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
