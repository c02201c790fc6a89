package dev.firn.contract.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {

  @TempDir private Path folder;
  private Path root;
  private FolderStore store;

  @BeforeEach
  void open() throws IOException {
    root = folder.resolve("raw");
    store = new FolderStore(root);
  }

  @Test
  void bytesAreStoredUnderTheirPathAndNowhereElse() throws IOException {
    store.put("sales/hour=01/a.json", bytes("one"));

    assertEquals("one", Files.readString(root.resolve("sales/hour=01/a.json")));
    assertTrue(store.exists("sales/hour=01/a.json"));
    assertEquals(List.of(), list(root.resolve(RawPath.INCOMING)));
  }

  @Test
  void aPathPutAgainIsReplaced() throws IOException {
    store.put("a.json", bytes("one"));
    store.put("a.json", bytes("two"));

    assertEquals("two", Files.readString(root.resolve("a.json")));
  }

  @Test
  void aFileIsTakenOver() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "one");

    store.put("sales/a.json", file);

    assertEquals("one", Files.readString(root.resolve("sales/a.json")));
    assertFalse(Files.exists(file));
  }

  @Test
  void whatIsNotThereDoesNotExist() throws IOException {
    store.put("sales/a.json", bytes("one"));

    assertFalse(store.exists("sales/b.json"));
    assertFalse(store.exists("sales"));
  }

  @Test
  void noPathLeadsOutOfTheRawZone() {
    for (String path : List.of("../x", "/etc/x", "a/../../x", "")) {
      assertThrows(IllegalArgumentException.class, () -> store.put(path, bytes("x")), path);
    }
    assertFalse(Files.exists(folder.resolve("x")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
