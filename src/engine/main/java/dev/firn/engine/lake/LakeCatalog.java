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

/** The Iceberg catalog of the configuration, and where in it each table stands. */
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
      // A class that is missing is an error to Java; its name is the message.
      throw new OperatorException(
          "Cannot open lake catalog: %s: %s".formatted(e.getMessage(), config.catalog()),
          "Look at lake.catalog, and whether its library is on the class path: a JDBC driver, or"
              + " iceberg-aws-bundle for glue.",
          e);
    }
  }

  /** What Iceberg needs to know to open the catalog, for its Java API and for Spark alike. */
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
    // SQLite answers "database is locked" at once unless told to wait for the other writer.
    properties.put("jdbc.busy_timeout", "60000");
    properties.put("jdbc.journal_mode", "WAL");
    properties.put("jdbc.transaction_mode", "IMMEDIATE");
    return properties;
  }

  /**
   * The class by which Iceberg reads and writes S3, by its name: Iceberg's own where it cannot find
   * ours. It looks with the loader of its own classes, which on a cluster may be above that of
   * Firn's jar.
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
   * Makes the tables of a JDBC catalog that is new. By a catalog of its own, which is closed again:
   * the look whether they are there leaves a read transaction open (Iceberg 1.10), behind which
   * SQLite shows that connection nothing new for ever.
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

  /** Creates the databases of the lake where they are missing. */
  public void createDatabases() {
    for (String database : List.of(config.database(), config.ownDatabase())) {
      try {
        ((SupportsNamespaces) catalog).createNamespace(Namespace.of(database));
      } catch (AlreadyExistsException e) {
        // Another run made it first.
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

  /** The mirrored tables of the lake; none when it was never merged into. */
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
