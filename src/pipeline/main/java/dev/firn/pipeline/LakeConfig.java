package dev.firn.pipeline;

import java.util.Objects;

/**
 * Where the Iceberg tables are.
 *
 * @param catalog {@code glue}, or the JDBC address of a catalog: {@code jdbc:sqlite:…}
 * @param database of the mirrored tables; Firn's internal tables are in {@link #ownDatabase()}
 * @param warehouse root folder of the tables' files, or an {@code s3://} address
 */
public record LakeConfig(String catalog, String database, String warehouse) {

  public static final String GLUE = "glue";

  public LakeConfig {
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(warehouse, "warehouse");
  }

  /** The catalog is AWS Glue's, which Athena reads. */
  public boolean isGlue() {
    return catalog.equals(GLUE);
  }

  /** Tombstones and quarantine. */
  public String ownDatabase() {
    return database + "__firn";
  }
}
