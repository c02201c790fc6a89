package dev.firn.pipeline;

import java.util.List;
import java.util.Objects;

/**
 * The PostgreSQL database that is carried.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, without a password
 * @param tables in the order of the configuration
 */
public record SourceConfig(
    String url,
    String user,
    Secret password,
    String slot,
    String publication,
    List<SourceTable> tables) {

  public SourceConfig {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(slot, "slot");
    Objects.requireNonNull(publication, "publication");
    tables = List.copyOf(tables);
  }
}
