package dev.firn.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceOptions;
import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.pipeline.SourceOptions.Failover;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

class ConnectionPropertiesTest {

  @ParameterizedTest
  @ValueSource(strings = {"db.example.com", "10.0.0.7:5433", "[2001:db8::1]", "localhost,db2"})
  void anotherHostHasToShowACertificate(String host) {
    assertEquals("verify-full", sslMode("jdbc:postgresql://" + host + "/shop"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:5433", "[::1]"})
  void thisMachineNeedsNone(String host) {
    assertNull(sslMode("jdbc:postgresql://" + host + "/shop"));
  }

  @Test
  void whatTheAddressSaysHolds() {
    assertNull(sslMode("jdbc:postgresql://db.example.com/shop?sslmode=disable"));
  }

  @Test
  void theFileOfTheAuthoritiesIsTheConfiguredOne() {
    SourceOptions options =
        new SourceOptions(
            Authentication.PASSWORD,
            "/etc/rds.pem",
            Duration.ofSeconds(1),
            Duration.ZERO,
            Failover.AUTO);

    assertEquals(
        "/etc/rds.pem",
        PGProperty.SSL_ROOT_CERT.getOrNull(
            new SourceConnections(source("jdbc:postgresql://db/shop").with(options)).properties()));
  }

  @Test
  void aTokenIsForOneHost() {
    SourceAddress address = SourceAddress.of("jdbc:postgresql://a:5432,b:5433/shop");

    OperatorException refusal = assertThrows(OperatorException.class, address::host);

    assertTrue(refusal.getMessage().contains("[a, b]"), refusal.getMessage());
  }

  private static String sslMode(String url) {
    return PGProperty.SSL_MODE.getOrNull(new SourceConnections(source(url)).properties());
  }

  private static SourceConfig source(String url) {
    return new SourceConfig(url, "firn", new Secret("PATH"), "firn", "firn", List.of());
  }
}
