package dev.firn.engine.testing;

import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.LakeSession;
import dev.firn.pipeline.LakeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test method a separate {@link TestLake}: a real Spark session on two threads, started
 * once a JVM, and real Iceberg tables in a catalog on SQLite. Both are removed after the last test.
 *
 * <pre>{@code
 * @OnPostgres
 * @OnSpark
 * class SalesPipelineTest {
 *   @Test
 *   void aRowArrives(TestDatabase database, TestLake lake) { … }
 * }
 * }</pre>
 *
 * <p>The JVM needs the options in {@code bin/spark.jvmargs}.
 */
public final class SparkExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SparkExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestLake.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Engine engine =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Engine.class, key -> Engine.start(), Engine.class);
    return context
        .getStore(Namespace.create(SparkExtension.class, context.getUniqueId()))
        .computeIfAbsent(TestLake.class, key -> engine.lake(), TestLake.class);
  }

  /**
   * The resources that all tests share: the session, and the folder with the catalog and all files.
   */
  private record Engine(SparkSession spark, Path folder) implements AutoCloseable {

    static Engine start() {
      // System properties, as spark-submit sets them, so that jobs under test open the same
      // session.
      System.setProperty("spark.master", "local[2]");
      System.setProperty("spark.driver.host", "localhost");
      System.setProperty("spark.driver.bindAddress", "127.0.0.1");
      System.setProperty("spark.sql.shuffle.partitions", "2");
      System.setProperty("spark.default.parallelism", "2");
      try {
        Path folder = Files.createTempDirectory("firn-lake-");
        return new Engine(LakeSession.open(config(folder, "default"), "firn-tests"), folder);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot create a folder for the test lake", e);
      }
    }

    private static LakeConfig config(Path folder, String database) {
      return new LakeConfig(
          "jdbc:sqlite:" + folder.resolve("catalog.db"),
          database,
          folder.resolve("warehouse").toString());
    }

    TestLake lake() {
      String name = "test_" + UUID.randomUUID().toString().replace("-", "");
      LakeCatalog catalog = new LakeCatalog(config(folder, name), new Configuration());
      catalog.createDatabases();
      return new TestLake(spark, catalog, folder.resolve("raw").resolve(name));
    }

    @Override
    public void close() throws IOException {
      spark.stop();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
