package dev.firn.local.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.local.stage.StageProcess.Output;
import dev.firn.testing.RunsProcesses;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

@RunsProcesses
class StageProcessTest {

  private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> err = new LinkedBlockingQueue<>();

  @Test
  void linesOfBothStreamsAreHandedOnToTheLast() throws InterruptedException {
    StageProcess process = start("echo one; echo $NAME; echo bad >&2; exit 3");

    assertEquals(3, process.await());
    assertEquals(List.of("one", "hoa quả"), List.copyOf(out));
    assertEquals(List.of("bad"), List.copyOf(err));
  }

  @Test
  void aFailureNamesTheStageAndItsExitCode() {
    StageProcess process = start("exit 3");

    StageFailedException failure = assertThrows(StageFailedException.class, process::awaitSuccess);

    assertEquals("test exited with code 3", failure.getMessage());
    assertEquals(3, failure.exitCode());
  }

  @Test
  void stoppedItCanEndInOrderAndKilledItCannot() throws InterruptedException {
    String orderly = "trap 'echo orderly; exit 0' TERM; echo up; while :; do :; done";
    StageProcess stopped = start(orderly);
    assertEquals("up", out.take());
    assertEquals(0, stopped.stop());
    assertEquals("orderly", out.take());

    StageProcess killed = start(orderly);
    assertEquals("up", out.take());
    killed.kill();
    assertFalse(killed.isAlive());
    assertEquals(List.of(), List.copyOf(out));
    assertEquals(List.of(), List.copyOf(err));
  }

  private StageProcess start(String script) {
    return StageProcess.start(
        "test",
        List.of("bash", "-c", script),
        Map.of("NAME", "hoa quả"),
        new Output(out::add, err::add));
  }
}
