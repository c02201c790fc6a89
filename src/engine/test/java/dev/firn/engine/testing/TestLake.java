package dev.firn.engine.testing;

import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.pipeline.DeliveryConfig;
import dev.firn.pipeline.LakeConfig;
import dev.firn.pipeline.MergeConfig;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.pipeline.StreamConfig;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * An empty lake for one test, and an empty raw zone as its source.
 *
 * @param spark shared by all tests of the JVM; its default catalog has this lake's databases
 * @param raw root of the raw zone
 */
public record TestLake(SparkSession spark, LakeCatalog catalog, Path raw) implements AutoCloseable {

  /** Set on every machine: the test server takes any password. */
  private static final Secret ANY_PASSWORD = new Secret("PATH");

  public LakeConfig config() {
    return catalog.config();
  }

  /**
   * A pipeline from a database into this lake.
   *
   * @param tables as in SQL: {@code public.sales}; their tokens are the default ones
   */
  public PipelineConfig pipeline(TestDatabase database, String... tables) {
    return pipeline(database, Arrays.stream(tables).map(TestLake::sourceTable).toList());
  }

  public PipelineConfig pipeline(TestDatabase database, List<SourceTable> tables) {
    // Slots belong to the server, not to the database: the lake's name makes this one unique to the
    // test.
    String name = config().database();
    SourceConfig source =
        new SourceConfig(database.url(), TestDatabase.USER, ANY_PASSWORD, name, name, tables);
    return new PipelineConfig(
        source,
        StreamConfig.direct(StreamConfig.DEFAULT_BUFFER),
        raw.toString(),
        config(),
        Map.of(),
        MergeConfig.DEFAULT,
        DeliveryConfig.defaults(raw));
  }

  /** Another empty lake over the same raw zone. */
  public TestLake beside(String suffix) {
    LakeConfig other =
        new LakeConfig(
            config().catalog(), config().database() + "_" + suffix, config().warehouse());
    LakeCatalog opened = new LakeCatalog(other, spark.sparkContext().hadoopConfiguration());
    opened.createDatabases();
    return new TestLake(spark, opened, raw);
  }

  /** The name of a mirrored table in Spark SQL, with catalog and database. */
  public String table(String token) {
    return LakeCatalog.sqlName(catalog.mirror(new TableToken(token)));
  }

  public List<Row> query(String sql) {
    return spark.sql(sql).collectAsList();
  }

  @Override
  public void close() {
    catalog.close();
  }

  private static SourceTable sourceTable(String text) {
    QualifiedName name = QualifiedName.parse(text).orElseThrow();
    return new SourceTable(name, new TableToken(TableToken.natural(name.schema(), name.table())));
  }
}
