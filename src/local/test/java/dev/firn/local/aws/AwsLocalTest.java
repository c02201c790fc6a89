package dev.firn.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.testing.RunsProcesses;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RunsProcesses
class AwsLocalTest {

  @Test
  void itsEnvironmentIsWhatAShellWouldMakeOfIt() {
    Map<String, String> environment =
        AwsLocal.environment(
            List.of(
                "export AWS_ENDPOINT_URL=http://127.0.0.1:4566",
                "export PATH=\"/a b/client:$PATH\"",
                "unset AWS_SESSION_TOKEN AWS_PROFILE"));

    assertEquals(
        Map.of(
            "AWS_ENDPOINT_URL",
            "http://127.0.0.1:4566",
            "PATH",
            "/a b/client:" + System.getenv("PATH"),
            "AWS_SESSION_TOKEN",
            "",
            "AWS_PROFILE",
            ""),
        environment);
  }
}
