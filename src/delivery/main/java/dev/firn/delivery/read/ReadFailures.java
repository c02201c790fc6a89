package dev.firn.delivery.read;

import dev.firn.console.OperatorException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Separates temporary failures of Kinesis from those that an operator has to fix. */
final class ReadFailures {

  private static final int SERVER_ERROR = 500;

  private static final Set<String> THROTTLING =
      Set.of(
          "ProvisionedThroughputExceededException",
          "LimitExceededException",
          "ThrottlingException",
          "RequestLimitExceeded",
          "KMSThrottlingException");

  private ReadFailures() {}

  static Throwable cause(Throwable failure) {
    boolean isWrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return isWrapped && failure.getCause() != null ? failure.getCause() : failure;
  }

  static boolean isExpired(Throwable failure) {
    return failure instanceof ExpiredIteratorException;
  }

  /** The same request may succeed later. */
  static boolean isPassing(Throwable failure) {
    if (failure instanceof KinesisException refused) {
      return refused.statusCode() >= SERVER_ERROR || isThrottling(refused);
    }
    return failure instanceof SdkClientException && !isWithoutCredentials(failure);
  }

  /** The exception for a failure that a retry cannot fix. */
  static RuntimeException describe(Throwable failure, String stream) {
    if (failure instanceof ResourceNotFoundException) {
      return new OperatorException(
          "Cannot read stream: the stream or one of its shards does not exist: " + stream,
          "Create the stream, or correct stream.kinesis and stream.region.",
          failure);
    }
    if (failure instanceof InvalidArgumentException) {
      return new OperatorException(
          "Cannot read stream %s: it does not know the position that was read last: %s"
              .formatted(stream, failure.getMessage()),
          "Was the stream recreated? Remove its folder in delivery.state to start from its oldest"
              + " record.",
          failure);
    }
    if (failure instanceof KinesisException refused && refused.statusCode() < SERVER_ERROR) {
      return new OperatorException(
          "Cannot read stream %s: Kinesis refuses it: %s".formatted(stream, refused.getMessage()),
          "Allow kinesis:DescribeStreamSummary, ListShards, GetShardIterator and GetRecords.",
          failure);
    }
    if (isWithoutCredentials(failure)) {
      return new OperatorException(
          "Cannot read stream: no AWS credentials were found: " + stream,
          "Export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or attach a role to the machine; an"
              + " emulator accepts any values.",
          failure);
    }
    return new IllegalStateException("Cannot read stream " + stream, failure);
  }

  private static boolean isThrottling(KinesisException refused) {
    return refused.awsErrorDetails() != null
        && THROTTLING.contains(refused.awsErrorDetails().errorCode());
  }

  // The SDK has no type for it.
  private static boolean isWithoutCredentials(Throwable failure) {
    return failure instanceof SdkClientException
        && String.valueOf(failure.getMessage()).contains("Unable to load credentials");
  }
}
