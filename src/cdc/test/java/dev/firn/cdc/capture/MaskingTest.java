package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.contract.ChangeEvent;
import dev.firn.pipeline.Mask;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class MaskingTest {

  private static final String CANARY = "canary-4f1d";

  @TempDir Path raw;

  @Test
  void aMaskedValueIsNowhere(TestDatabase database) throws IOException {
    Scenario scenario =
        new Scenario(database, raw)
            .table("people", "email text PRIMARY KEY, phone text, name text, born date, bio text")
            .published()
            .masking("people", "email", new Mask.Sha256())
            .masking("people", "phone", new Mask.Drop())
            .masking("people", "name", new Mask.Fixed("***"))
            .masking("people", "bio", new Mask.Sha256());
    scenario.execute(
        "ALTER TABLE people REPLICA IDENTITY FULL",
        row("a"),
        row("b"),
        "ALTER TABLE people ALTER bio SET STORAGE EXTERNAL");
    PrintStream console = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      scenario.captureOnce();
      scenario.execute(
          row("c"),
          "UPDATE people SET email = '%1$s d' WHERE email = '%1$s c'".formatted(CANARY),
          "UPDATE people SET born = NULL, phone = NULL",
          "DELETE FROM people WHERE email = '%s a'".formatted(CANARY));
      scenario.captureOnce();
    } finally {
      System.setErr(console);
    }

    assertFalse(everything().contains(CANARY), "in the raw zone");
    assertFalse(printed.toString(StandardCharsets.UTF_8).contains(CANARY), "on the console");
    assertFalse(scenario.notices().toString().contains(CANARY), "in the notices");
    assertFalse(scenario.metrics().toString().contains(CANARY), "in the metrics");
    assertEquals(2, scenario.metrics().size());
    ChangeEvent event = scenario.events().get(0);
    assertEquals(64, String.valueOf(event.row().key().get("email")).length());
    assertEquals("***", event.row().after().get("name"));
    assertTrue(event.row().after().containsKey("phone"));
    assertEquals(null, event.row().after().get("phone"));
    assertEquals("2026-08-05", event.row().after().get("born"));
  }

  @Test
  void equalValuesHaveOneHash(TestDatabase database) {
    Scenario scenario =
        new Scenario(database, raw)
            .table("people", "id int PRIMARY KEY, email text")
            .published()
            .masking("people", "email", new Mask.Sha256());
    scenario.execute("INSERT INTO people VALUES (1, 'x'), (2, 'x'), (3, 'y'), (4, NULL)");

    scenario.captureOnce();

    List<Object> hashes =
        scenario.events().stream().map(event -> event.row().after().get("email")).toList();
    assertEquals(hashes.get(0), hashes.get(1));
    assertFalse(hashes.get(0).equals(hashes.get(2)));
    assertEquals(null, hashes.get(3));
  }

  @Test
  void aMaskThatWouldMakeAllKeysOneIsRefused(TestDatabase database) {
    Scenario scenario =
        new Scenario(database, raw)
            .table("people", "email text PRIMARY KEY")
            .published()
            .masking("people", "email", new Mask.Fixed("***"));

    OperatorException refusal = assertThrows(OperatorException.class, scenario::captureOnce);

    assertTrue(refusal.getMessage().contains("all rows would become one"), refusal.getMessage());
  }

  private static String row(String which) {
    return "INSERT INTO people VALUES ('%1$s %2$s', '%1$s', '%1$s', '2026-08-05', repeat('%1$s', 900))"
        .formatted(CANARY, which);
  }

  private String everything() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(raw)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        text.append(
            new String(
                file.toString().endsWith(".gz")
                    ? new GZIPInputStream(Files.newInputStream(file)).readAllBytes()
                    : bytes,
                StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }
}
