package dev.firn.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceOptions;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that shows a certificate, as Amazon RDS does. */
@OnPostgres
class TlsTest {

  /** The server may apply a new setting only some connections after it was set. */
  private static final int TRIES = 500;

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  @BeforeEach
  void encrypt(TestDatabase database)
      throws IOException, GeneralSecurityException, InterruptedException {
    KeyStore.PrivateKeyEntry own = certified("own");
    Path key =
        Files.createFile(
            folder.resolve("server.key"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, pem("PRIVATE KEY", own.getPrivateKey().getEncoded()));
    writeCertificate(own, "own.pem");
    writeCertificate(certified("other"), "other.pem");
    database.execute(
        "ALTER SYSTEM SET ssl_cert_file = '%s'".formatted(folder.resolve("own.pem")),
        "ALTER SYSTEM SET ssl_key_file = '%s'".formatted(key),
        "ALTER SYSTEM SET ssl = on",
        "SELECT pg_reload_conf()");
    for (int i = 0; i < TRIES && database.queryText("SHOW ssl").equals("off"); i++) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void decrypt(TestDatabase database) {
    database.execute(
        "ALTER SYSTEM RESET ssl",
        "ALTER SYSTEM RESET ssl_cert_file",
        "ALTER SYSTEM RESET ssl_key_file",
        "SELECT pg_reload_conf()");
  }

  @Test
  void aServerWithACertificateOfTheAuthoritiesIsTakenAndNoOther(TestDatabase database)
      throws SQLException {
    try (Connection connection = connections(database, "own.pem").sql();
        Connection replication = connections(database, "own.pem").replication()) {
      ResultSet row =
          connection
              .createStatement()
              .executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
      row.next();
      assertTrue(row.getBoolean("ssl"));
      assertTrue(replication.isValid(1));
    }

    OperatorException refusal =
        assertThrows(OperatorException.class, connections(database, "other.pem")::sql);
    assertTrue(refusal.getMessage().contains("source.ssl_root_certificate"), refusal.getMessage());
  }

  private SourceConnections connections(TestDatabase database, String authorities) {
    String url =
        database.url() + (database.url().contains("?") ? "&" : "?") + "sslmode=verify-full";
    return new SourceConnections(
        new SourceConfig(url, TestDatabase.USER, new Secret("PATH"), "firn", "firn", List.of())
            .with(
                SourceOptions.DEFAULT.withRootCertificate(folder.resolve(authorities).toString())));
  }

  private void writeCertificate(KeyStore.PrivateKeyEntry entry, String file)
      throws IOException, GeneralSecurityException {
    Files.writeString(
        folder.resolve(file), pem("CERTIFICATE", entry.getCertificate().getEncoded()));
  }

  private KeyStore.PrivateKeyEntry certified(String name)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertEquals(0, keytool.waitFor());
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    return (KeyStore.PrivateKeyEntry)
        keys.getEntry(name, new KeyStore.PasswordProtection(PASSWORD));
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(content));
  }
}
