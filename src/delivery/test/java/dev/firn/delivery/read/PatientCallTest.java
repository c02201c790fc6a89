package dev.firn.delivery.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.console.StopSignal;
import dev.firn.contract.Clocks;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class PatientCallTest {

  @Test
  void aFailureThatMayPassIsReportedWithItsCause() {
    List<String> notices = new ArrayList<>();
    StopSignal stop = new StopSignal();
    stop.request();
    PatientCall call = new PatientCall("firn", stop, notices::add, Clocks.SYSTEM);

    assertThrows(
        InterruptedException.class,
        () -> call.answer(() -> CompletableFuture.failedFuture(unreachable())));

    assertEquals(
        List.of("retrying the Kinesis request: Unable to execute HTTP request: EOFException"),
        notices);
  }

  private static SdkClientException unreachable() {
    return SdkClientException.builder()
        .message("Unable to execute HTTP request")
        .cause(new EOFException())
        .build();
  }
}
