package dev.firn.pipeline;

import dev.firn.pipeline.SourceOptions.Authentication;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The PostgreSQL database that is captured.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, without a password
 * @param tables in the order of the configuration
 * @param maskKey of the masks that need one
 */
public record SourceConfig(
    String url,
    String user,
    Secret password,
    String slot,
    String publication,
    List<SourceTable> tables,
    SourceOptions options,
    Secret maskKey) {

  static final String MASK_KEY = "FIRN_MASK_KEY";

  public SourceConfig {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(slot, "slot");
    Objects.requireNonNull(publication, "publication");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(maskKey, "maskKey");
    tables = List.copyOf(tables);
  }

  /** With the defaults of all optional settings. */
  public SourceConfig(
      String url,
      String user,
      Secret password,
      String slot,
      String publication,
      List<SourceTable> tables) {
    this(
        url,
        user,
        password,
        slot,
        publication,
        tables,
        SourceOptions.DEFAULT,
        new Secret(MASK_KEY));
  }

  /** The server is one of Amazon RDS, as far as the configuration shows. */
  public boolean isOnRds() {
    return options.authentication() == Authentication.IAM || url.contains(".rds.amazonaws.com");
  }

  public SourceConfig with(SourceOptions other) {
    return new SourceConfig(url, user, password, slot, publication, tables, other, maskKey);
  }

  /** The same source without these tables. */
  public SourceConfig without(Set<QualifiedName> left) {
    List<SourceTable> others =
        tables.stream().filter(table -> !left.contains(table.name())).toList();
    return new SourceConfig(url, user, password, slot, publication, others, options, maskKey);
  }
}
