package dev.firn.cdc.preflight;

import dev.firn.cdc.source.DatabaseName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.source.catalog.SqlText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL that makes the configured role with no more rights than capture needs: to replicate, to
 * read the captured tables, and a schema to keep its own in. Nothing of the application's can be
 * changed with it. It is text of the configuration alone, since the role need not exist yet.
 */
public final class Grants {

  private final SourceConfig config;

  public Grants(SourceConfig config) {
    this.config = config;
  }

  public String script() {
    return String.join(
        "\n",
        "-- As a superuser; on Amazon RDS as the master user.",
        role(),
        "GRANT CONNECT ON DATABASE %s TO %s;"
            .formatted(SqlText.identifier(DatabaseName.of(config.url())), name()),
        "",
        "-- As the owner of the tables, or the same.",
        tables(),
        "",
        "-- What capture records of itself. The role makes and owns the tables in it.",
        "CREATE SCHEMA IF NOT EXISTS firn;",
        "GRANT USAGE, CREATE ON SCHEMA firn TO %s;".formatted(name()),
        "",
        "-- As the owner of the tables, who then owns the publication: not the role, which could",
        "-- change what it is sent. It needs CREATE on the database.",
        "CREATE PUBLICATION %s FOR TABLE %s WITH (%s);"
            .formatted(
                SqlText.identifier(config.publication()), tableNames(), Publication.VIA_ROOT),
        "");
  }

  private String role() {
    String login =
        config.options().authentication() == Authentication.IAM
            ? "GRANT rds_iam TO %s;".formatted(name())
            : "-- Then give it a password, with \\password %s in psql.".formatted(name());
    return isRds()
        ? "CREATE ROLE %1$s LOGIN;%nGRANT rds_replication TO %1$s;%n%2$s".formatted(name(), login)
        : "CREATE ROLE %s LOGIN REPLICATION;%n%s".formatted(name(), login);
  }

  private boolean isRds() {
    return config.options().authentication() == Authentication.IAM
        || config.url().contains(".rds.amazonaws.com");
  }

  private String tables() {
    List<String> schemas =
        config.tables().stream()
            .map(table -> SqlText.identifier(table.name().schema()))
            .distinct()
            .toList();
    return "GRANT USAGE ON SCHEMA %1$s TO %3$s;%nGRANT SELECT ON %2$s TO %3$s;"
        .formatted(String.join(", ", schemas), tableNames(), name());
  }

  private String tableNames() {
    return config.tables().stream()
        .map(table -> table.name().toString())
        .collect(Collectors.joining(", "));
  }

  private String name() {
    return SqlText.identifier(config.user());
  }
}
