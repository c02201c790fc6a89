package dev.firn.engine.lake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.engine.testing.AwsExtension.Emulator;
import dev.firn.engine.testing.OnEmulator;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The behaviour of Iceberg's Glue catalog and S3 on which Firn relies, with the real SDK. */
@OnEmulator
class GlueCatalogTest {

  private static final Schema SCHEMA =
      new Schema(NestedField.required(1, "id", Types.LongType.get()));

  private static final int PART = 5 << 20;

  private final String name = "lake" + UUID.randomUUID().toString().replace("-", "");
  private final Namespace database = Namespace.of(name);
  private final TableIdentifier orders = TableIdentifier.of(database, "orders");
  private Map<String, String> properties = Map.of();
  private Catalog catalog;

  @BeforeEach
  void open(Emulator aws) {
    properties = aws.catalog("s3://" + name + "/warehouse");
    try (S3FileIO files = files()) {
      S3Client client = files.client();
      client.createBucket(bucket -> bucket.bucket(name));
    }
    catalog = catalog();
    ((SupportsNamespaces) catalog).createNamespace(database);
  }

  @AfterEach
  void close() throws IOException {
    ((Closeable) catalog).close();
  }

  @Test
  void everyCommitOfSeveralWritersLands() throws Exception {
    catalog.createTable(orders, SCHEMA);
    ExecutorService writers = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < 3; writer++) {
        String prefix = "writer-" + writer;
        running.add(writers.submit(() -> append(prefix), null));
      }
      for (Future<?> writer : running) {
        writer.get();
      }
    } finally {
      writers.shutdownNow();
    }

    Table table = catalog.loadTable(orders);
    assertEquals("9", table.currentSnapshot().summary().get("total-data-files"));
  }

  private void append(String prefix) {
    Catalog own = catalog();
    for (int i = 0; i < 3; i++) {
      // Each conflict costs one attempt; three writers may conflict more often than Iceberg's four
      // attempts.
      Table table = own.loadTable(orders);
      table.updateProperties().set("commit.retry.num-retries", "20").commit();
      table.newFastAppend().appendFile(file(prefix + "-" + i)).commit();
    }
  }

  @Test
  void aCommitOnAnOldStateIsRefused() {
    catalog.createTable(orders, SCHEMA);
    TableOperations other = ((BaseTable) catalog().loadTable(orders)).operations();
    TableMetadata old = other.current();
    catalog.loadTable(orders).newFastAppend().appendFile(file("first")).commit();

    TableMetadata changed =
        TableMetadata.buildFrom(old).setProperties(Map.of("owner", "other")).build();
    assertThrows(CommitFailedException.class, () -> other.commit(old, changed));
    Table table = catalog.loadTable(orders);
    assertFalse(table.properties().containsKey("owner"));
    assertEquals("1", table.currentSnapshot().summary().get("total-data-files"));
  }

  @Test
  void tablesAreListedRenamedAndDropped() {
    catalog.createTable(orders, SCHEMA);
    TableIdentifier renamed = TableIdentifier.of(database, "orders_2024");
    catalog.renameTable(orders, renamed);

    assertEquals(List.of(renamed), catalog.listTables(database));
    assertFalse(catalog.tableExists(orders));
    assertTrue(catalog.dropTable(renamed));
    assertTrue(((SupportsNamespaces) catalog).dropNamespace(database));
    assertFalse(((SupportsNamespaces) catalog).namespaceExists(database));
  }

  @Test
  void aFileOfSeveralPartsIsWholeAndItsCheckSumsAreAskedFor() throws IOException {
    byte[] content = new byte[2 * PART + 12_345];
    new Random(1).nextBytes(content);
    properties = new HashMap<>(properties);
    properties.putAll(
        Map.of("s3.multipart.part-size-bytes", "" + PART, "s3.checksum-enabled", "true"));
    String location = "s3://" + name + "/parts.bin";
    try (S3FileIO files = files()) {
      try (OutputStream out = files.newOutputFile(location).create()) {
        out.write(content);
      }
      try (InputStream in = files.newInputFile(location).newStream()) {
        assertArrayEquals(content, in.readAllBytes());
      }
      assertEquals(content.length, files.newInputFile(location).getLength());
      Set<String> rest =
          files.client().listMultipartUploads(uploads -> uploads.bucket(name)).uploads().stream()
              .map(upload -> upload.key())
              .collect(Collectors.toSet());
      assertEquals(Set.of(), rest);
    }
  }

  private Catalog catalog() {
    return CatalogUtil.buildIcebergCatalog("firn", properties, new Configuration(false));
  }

  private S3FileIO files() {
    S3FileIO files = new S3FileIO();
    files.initialize(properties);
    return files;
  }

  private DataFile file(String path) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("s3://" + name + "/" + path + ".parquet")
        .withFileSizeInBytes(1)
        .withRecordCount(1)
        .build();
  }
}
