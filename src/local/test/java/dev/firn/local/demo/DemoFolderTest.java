package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {

  @TempDir private Path folder;

  @Test
  void aFolderOfSomebodyElseIsRefusedAndLeftAlone() throws IOException {
    Path thesis = Files.writeString(folder.resolve("thesis.txt"), "years of work");

    String message =
        assertThrows(OperatorException.class, () -> new DemoFolder(folder).prepare()).getMessage();

    assertTrue(message.contains(folder.toString()), message);
    assertTrue(message.contains("--work"), message);
    assertEquals("years of work", Files.readString(thesis));
  }

  @Test
  void aFolderOfTheLastDemoIsEmptied() throws IOException {
    DemoFolder demo = new DemoFolder(folder.resolve("a/demo"));
    demo.prepare();
    Path old = Files.createDirectories(demo.path().resolve("raw/sales")).resolve("old.json.gz");
    Files.writeString(old, "old");

    demo.prepare();

    assertFalse(Files.exists(demo.path().resolve("raw")));
  }

  @Test
  void linksInTheFolderAreRemovedAndNotFollowed() throws IOException {
    Path kept = Files.writeString(Files.createDirectory(folder.resolve("kept")).resolve("f"), "x");
    DemoFolder demo = new DemoFolder(folder.resolve("demo"));
    demo.prepare();
    Files.createSymbolicLink(demo.path().resolve("link"), kept.getParent());

    demo.prepare();

    assertTrue(Files.exists(kept));
    assertFalse(Files.exists(demo.path().resolve("link")));
  }
}
