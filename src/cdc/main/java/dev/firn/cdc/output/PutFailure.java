package dev.firn.cdc.output;

import dev.firn.console.OperatorException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Distinguishes temporary failures from those that only an operator can fix. */
final class PutFailure {

  /** Error codes that a retry does not change (Kinesis API, common errors). */
  private static final Set<String> LASTING =
      Set.of(
          "ResourceNotFoundException",
          "AccessDeniedException",
          "AccessDenied",
          "ValidationException",
          "InvalidArgumentException",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "MissingAuthenticationTokenException",
          "ExpiredTokenException",
          "ExpiredToken",
          "OptInRequired",
          "KMSAccessDeniedException",
          "KMSDisabledException",
          "KMSInvalidStateException",
          "KMSNotFoundException",
          "KMSOptInRequired");

  private PutFailure() {}

  /** The failure with its remedy, for the operator; empty for a failure that may be temporary. */
  static Optional<OperatorException> refusal(String stream, Throwable failure) {
    if (failure instanceof AwsServiceException answer) {
      // A proxy or an emulator in front of Kinesis answers without a code.
      String code =
          Optional.ofNullable(answer.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
      return LASTING.contains(code) ? Optional.of(refusal(stream, code, answer)) : Optional.empty();
    }
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof SdkClientException && message.contains("load credentials")) {
      return Optional.of(
          new OperatorException(
              "Cannot write to Kinesis stream %s: no AWS credentials were found".formatted(stream),
              "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role"
                  + " is attached.",
              failure));
    }
    return Optional.empty();
  }

  private static OperatorException refusal(String stream, String code, AwsServiceException answer) {
    String remedy =
        code.equals("ResourceNotFoundException")
            ? "Create it, or correct stream.kinesis and stream.region."
            : "Check the credentials and their permissions: kinesis:PutRecords and"
                + " kinesis:DescribeStreamSummary on the stream, and the use of its KMS key.";
    return new OperatorException(
        "Cannot write to Kinesis stream %s: %s: %s"
            .formatted(stream, code, answer.awsErrorDetails().errorMessage()),
        remedy,
        answer);
  }
}
