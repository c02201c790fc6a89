package dev.firn.cdc.preflight;

import dev.firn.cdc.source.DatabaseName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.source.catalog.SqlText;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The SQL that makes the configured role with no more rights than capture needs: to replicate, to
 * read the captured tables, and a schema to keep its own in. Nothing of the application's can be
 * changed with it. It is text of the configuration alone, since the role need not exist yet, and
 * has statements for each table: PostgreSQL refuses a list as a whole where it refuses one of its
 * tables, which does not exist or is UNLOGGED.
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
        "CREATE PUBLICATION %s WITH (%s);".formatted(publication(), Publication.VIA_ROOT),
        forEachTable(table -> "ALTER PUBLICATION %s ADD TABLE %s;".formatted(publication(), table)),
        "");
  }

  private String role() {
    String login =
        config.options().authentication() == Authentication.IAM
            ? "GRANT rds_iam TO %s;".formatted(name())
            : "-- Then give it a password, with \\password %s in psql.".formatted(name());
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
