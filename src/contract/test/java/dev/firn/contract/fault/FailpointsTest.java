package dev.firn.contract.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailpointsTest {

  @AfterEach
  void disarm() {
    for (Failpoint point : Failpoint.values()) {
      point.disarm();
    }
  }

  @Test
  void aPointThatIsNotArmedDoesNothing() {
    Failpoints.armFrom(Map.of());
    for (Failpoint point : Failpoint.values()) {
      point.pass();
    }
  }

  @Test
  void throwFailsAtEachPass() {
    Failpoints.armFrom(Map.of(Failpoints.VARIABLE, "merge-staged:throw"));
    assertThrows(FailpointException.class, Failpoint.MERGE_STAGED::pass);
    assertThrows(FailpointException.class, Failpoint.MERGE_STAGED::pass);
    Failpoint.MERGE_READ.pass();
  }

  @Test
  void aNumberIsThePassAtWhichItHappens() {
    Failpoints.armFrom(Map.of(Failpoints.VARIABLE, "merge-read:delay,merge-staged:throw@2"));
    Failpoint.MERGE_STAGED.pass();
    assertThrows(FailpointException.class, Failpoint.MERGE_STAGED::pass);
    Failpoint.MERGE_STAGED.pass();
  }

  @Test
  void aPauseEndsWhenItsFileAppears(@TempDir Path folder) throws Exception {
    Path release = folder.resolve("release");
    Failpoints.armFrom(
        Map.of(Failpoints.VARIABLE, "merge-read:pause", Failpoints.RELEASE, release.toString()));
    Thread thread = new Thread(Failpoint.MERGE_READ::pass);
    thread.start();
    thread.join(100);
    assertTrue(thread.isAlive());
    Files.createFile(release);
    thread.join();
  }

  @Test
  void aDisarmedPointIsHarmless() {
    Failpoint.MERGE_READ.arm(
        () -> {
          throw new IllegalStateException();
        });
    assertThrows(IllegalStateException.class, Failpoint.MERGE_READ::pass);
    Failpoint.MERGE_READ.disarm();
    Failpoint.MERGE_READ.pass();
  }

  @Test
  void mistakesAreNamedWithWhatThereIs() {
    String unknown =
        assertThrows(
                IllegalArgumentException.class,
                () -> Failpoints.armFrom(Map.of(Failpoints.VARIABLE, "merge-nothing:kill")))
            .getMessage();
    assertTrue(unknown.contains("merge-nothing") && unknown.contains("merge-staged"), unknown);
    String unreadable =
        assertThrows(
                IllegalArgumentException.class,
                () -> Failpoints.armFrom(Map.of(Failpoints.VARIABLE, "merge-staged=kill")))
            .getMessage();
    assertEquals(
        "Cannot read FIRN_FAILPOINT: merge-staged=kill."
            + " Write name:kill, :throw, :delay or :pause, and append @3 for the third pass.",
        unreadable);
  }
}
