package dev.firn.etl.source;

import dev.firn.console.OperatorException;
import dev.firn.engine.lake.S3Scheme;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.SourceConnections;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;

/**
 * Connects a job to the source. On Glue the file of certificate authorities is in the same bucket
 * as {@code pipeline.yaml}, but the driver needs a local file, so it is copied.
 */
public final class SourceAccess {

  private SourceAccess() {}

  public static SourceConnections connections(SourceConfig source) {
    return new SourceConnections(withAuthoritiesHere(source));
  }

  static SourceConfig withAuthoritiesHere(SourceConfig source) {
    String certificate = source.options().rootCertificate();
    return certificate.contains("://")
        ? source.with(source.options().withRootCertificate(fetch(certificate).toString()))
        : source;
  }

  private static Path fetch(String address) {
    Path file = temporary();
    org.apache.hadoop.fs.Path stored = new org.apache.hadoop.fs.Path(address);
    try (InputStream in = stored.getFileSystem(S3Scheme.in(new Configuration())).open(stored)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot read source.ssl_root_certificate: %s: %s".formatted(e.getMessage(), address),
          "Upload the file to this address, and allow the role to read it.",
          e);
    }
  }

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("firn-authorities-", ".pem");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a temporary file", e);
    }
  }
}
