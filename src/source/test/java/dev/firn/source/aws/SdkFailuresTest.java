package dev.firn.source.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;

class SdkFailuresTest {

  @Test
  void thePlacesThatTheSdkLookedAtAreLeftOut() {
    AwsRegionProviderChain nowhere =
        new AwsRegionProviderChain(
            () -> {
              throw SdkClientException.create("not here");
            });
    SdkException failure = assertThrows(SdkException.class, nowhere::getRegion);

    assertEquals("Unable to load region", SdkFailures.firstLine(failure));
  }

  @Test
  void anotherFailureIsReportedByItsFirstLine() {
    assertEquals(
        "Connection refused",
        SdkFailures.firstLine(SdkClientException.create("Connection refused\nand more")));
  }
}
