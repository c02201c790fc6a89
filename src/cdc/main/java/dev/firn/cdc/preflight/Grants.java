package dev.firn.cdc.preflight;

import dev.firn.cdc.source.DatabaseName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.source.catalog.SqlText;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The SQL that creates the configured role with only the privileges that capture needs: to
 * replicate, to read the captured tables, and to own a schema for its state. With them the role
 * cannot change any data of the application. The SQL depends on the configuration alone, since the
 * role need not exist yet. Each table has its own statements: PostgreSQL refuses a whole list of
 * tables if one of them does not exist or is UNLOGGED.
 */
public final class Grants {

  private final SourceConfig config;

  public Grants(SourceConfig config) {
    this.config = config;
  }

  public String script() {
    return String.join(
        "\n",
        "-- Run as a superuser (on Amazon RDS: as the master user).",
        role(),
        "GRANT CONNECT ON DATABASE %s TO %s;"
            .formatted(SqlText.identifier(DatabaseName.of(config.url())), name()),
        "",
        "-- Run as the owner of the tables, or as a superuser.",
        tables(),
        "",
        "-- The schema for the state of capture. The role creates and owns the tables in it.",
        "CREATE SCHEMA IF NOT EXISTS firn;",
        "GRANT USAGE, CREATE ON SCHEMA firn TO %s;".formatted(name()),
        "",
        "-- Run as the owner of the tables, who then owns the publication. The role must not own",
        "-- it: it could change what it receives. The owner needs CREATE on the database.",
        "CREATE PUBLICATION %s WITH (%s);".formatted(publication(), Publication.VIA_ROOT),
        forEachTable(table -> "ALTER PUBLICATION %s ADD TABLE %s;".formatted(publication(), table)),
        "");
  }

  private String role() {
    String login =
        config.options().authentication() == Authentication.IAM
            ? "GRANT rds_iam TO %s;".formatted(name())
            : "-- Then set its password in psql: \\password %s".formatted(name());
    return config.isOnRds()
        ? "CREATE ROLE %1$s LOGIN;%nGRANT rds_replication TO %1$s;%n%2$s".formatted(name(), login)
        : "CREATE ROLE %s LOGIN REPLICATION;%n%s".formatted(name(), login);
  }

  private String tables() {
    String schemas =
        config.tables().stream()
            .map(table -> SqlText.identifier(table.name().schema()))
            .distinct()
            .map(schema -> "GRANT USAGE ON SCHEMA %s TO %s;".formatted(schema, name()))
            .collect(Collectors.joining("\n"));
    return schemas
        + "\n"
        + forEachTable(table -> "GRANT SELECT ON TABLE %s TO %s;".formatted(table, name()));
  }

  private String forEachTable(UnaryOperator<String> statement) {
    return config.tables().stream()
        .map(table -> statement.apply(table.name().toString()))
        .collect(Collectors.joining("\n"));
  }

  private String publication() {
    return SqlText.identifier(config.publication());
  }

  private String name() {
    return SqlText.identifier(config.user());
  }
}
