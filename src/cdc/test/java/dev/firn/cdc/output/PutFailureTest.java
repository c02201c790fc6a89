package dev.firn.cdc.output;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

class PutFailureTest {

  @Test
  void anAnswerWithoutACodeMayPass() {
    AwsErrorDetails none = AwsErrorDetails.builder().build();

    assertTrue(
        PutFailure.refusal(
                "stream", KinesisException.builder().statusCode(500).awsErrorDetails(none).build())
            .isEmpty());
  }
}
