package dev.firn.engine.lake;

import dev.firn.console.OperatorException;
import dev.firn.contract.TableToken;
import dev.firn.pipeline.LakeConfig;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/** The Iceberg catalog of the configuration, and the name of each table in it. */
public final class LakeCatalog implements Closeable {

  /** The catalog's name in Spark SQL. */
  public static final String NAME = "firn";

  private static final String S3_FILE_IO = "org.apache.iceberg.aws.s3.S3FileIO";
  private static final String CREATE_TABLES = "jdbc.init-catalog-tables";
  private static final String TOMBSTONES = "__tombstones";
  private static final String QUARANTINE = "quarantine";

  private final LakeConfig config;
  private final Catalog catalog;

  public LakeCatalog(LakeConfig config, Configuration hadoop) {
    this(config, open(config, hadoop));
  }

  LakeCatalog(LakeConfig config, Catalog catalog) {
    this.config = config;
    this.catalog = catalog;
  }

  private static Catalog open(LakeConfig config, Configuration hadoop) {
    createCatalogTables(config, hadoop);
    return build(config, properties(config), hadoop);
  }

  private static Catalog build(
      LakeConfig config, Map<String, String> properties, Configuration hadoop) {
    try {
      return CatalogUtil.buildIcebergCatalog(NAME, properties, hadoop);
    } catch (RuntimeException | LinkageError e) {
      // A missing class is a Java Error whose message is the name of the class.
      throw new OperatorException(
          "Cannot open lake catalog: %s: %s".formatted(e.getMessage(), config.catalog()),
          "Check lake.catalog, and that its library is on the class path: a JDBC driver, or"
              + " iceberg-aws-bundle for glue.",
          e);
    }
  }

  /** The properties with which Iceberg opens the catalog, in its Java API and in Spark. */
  public static Map<String, String> properties(LakeConfig config) {
    Map<String, String> properties = new HashMap<>();
    properties.put("warehouse", config.warehouse());
    if (config.isGlue()) {
      properties.put("type", "glue");
      properties.put("io-impl", s3FileIo(CatalogUtil.class.getClassLoader()));
      return properties;
    }
    properties.put("type", "jdbc");
    properties.put("uri", config.catalog());
    properties.put("jdbc.schema-version", "V1");
    properties.put(CREATE_TABLES, "false");
    // Without a timeout SQLite fails immediately with "database is locked" if there is another
    // writer.
    properties.put("jdbc.busy_timeout", "60000");
    properties.put("jdbc.journal_mode", "WAL");
    properties.put("jdbc.transaction_mode", "IMMEDIATE");
    return properties;
  }

  /**
   * The name of the class with which Iceberg reads and writes S3: Iceberg's own class if Iceberg
   * cannot load ours. It uses its own class loader, which on a cluster may be a parent of the
   * loader of Firn's jar.
   */
  static String s3FileIo(ClassLoader iceberg) {
    try {
      String ours = KeptMetadataFileIO.class.getName();
      return Class.forName(ours, false, iceberg).getName();
    } catch (ClassNotFoundException | LinkageError e) {
      return S3_FILE_IO;
    }
  }

  /**
   * Creates the tables of a new JDBC catalog, with a separate catalog instance that is closed
   * afterwards: the check whether the tables exist leaves a read transaction open (Iceberg 1.10),
   * and SQLite would never show later changes to that connection.
   */
  static void createCatalogTables(LakeConfig config, Configuration hadoop) {
    if (config.isGlue()) {
      return;
    }
    Map<String, String> properties = properties(config);
    properties.put(CREATE_TABLES, "true");
    close(build(config, properties, hadoop));
  }

  public LakeConfig config() {
    return config;
  }

  /** Creates the databases of the lake if they are missing. */
  public void createDatabases() {
    for (String database : List.of(config.database(), config.ownDatabase())) {
      try {
        ((SupportsNamespaces) catalog).createNamespace(Namespace.of(database));
      } catch (AlreadyExistsException e) {
        // Another run created it first.
      }
    }
  }

  public TableIdentifier mirror(TableToken token) {
    return TableIdentifier.of(config.database(), token.lakeName());
  }

  public TableIdentifier tombstones(TableToken token) {
    return TableIdentifier.of(config.ownDatabase(), token.lakeName() + TOMBSTONES);
  }

  public TableIdentifier quarantine() {
    return TableIdentifier.of(config.ownDatabase(), QUARANTINE);
  }

  public boolean exists(TableIdentifier identifier) {
    return catalog.tableExists(identifier);
  }

  public Table load(TableIdentifier identifier) {
    return catalog.loadTable(identifier);
  }

  public Catalog.TableBuilder build(TableIdentifier identifier, Schema schema) {
    return catalog.buildTable(identifier, schema);
  }

  /** The mirrored tables of the lake; none before the first merge. */
  public List<TableIdentifier> mirrors() {
    Namespace database = Namespace.of(config.database());
    return ((SupportsNamespaces) catalog).namespaceExists(database)
        ? catalog.listTables(database)
        : List.of();
  }

  /** The name of a table in Spark SQL, quoted. */
  public static String sqlName(TableIdentifier identifier) {
    return quote(NAME)
        + "."
        + quote(identifier.namespace().level(0))
        + "."
        + quote(identifier.name());
  }

  public static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  @Override
  public void close() {
    close(catalog);
  }

  private static void close(Catalog catalog) {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new IllegalStateException("Cannot close lake catalog", e);
      }
    }
  }
}
