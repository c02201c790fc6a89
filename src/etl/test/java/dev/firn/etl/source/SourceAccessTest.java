package dev.firn.etl.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceAccessTest {

  @TempDir private Path folder;

  @Test
  void authoritiesInAStoreAreFetched() throws IOException {
    Path stored = Files.writeString(folder.resolve("rds.pem"), "-----BEGIN CERTIFICATE-----");

    SourceConfig here = SourceAccess.withAuthoritiesHere(source(stored.toUri().toString()));

    Path file = Path.of(here.options().rootCertificate());
    assertEquals("-----BEGIN CERTIFICATE-----", Files.readString(file));
  }

  @Test
  void authoritiesThatAreMissingThereAreTheOperators() {
    SourceConfig source = source(folder.resolve("rds.pem").toUri().toString());

    OperatorException refusal =
        assertThrows(OperatorException.class, () -> SourceAccess.withAuthoritiesHere(source));

    assertTrue(refusal.getMessage().contains("rds.pem"), refusal.getMessage());
    assertTrue(
        refusal.getMessage().contains("Upload the file to this address"), refusal.getMessage());
  }

  @Test
  void authoritiesOnThisMachineAreTheDriversMatter() {
    SourceConfig source = source("/etc/firn/rds.pem");

    assertSame(source, SourceAccess.withAuthoritiesHere(source));
  }

  private static SourceConfig source(String certificate) {
    return new SourceConfig(
            "jdbc:postgresql://db/shop", "firn", new Secret("PATH"), "firn", "firn", List.of())
        .with(SourceOptions.DEFAULT.withRootCertificate(certificate));
  }
}
