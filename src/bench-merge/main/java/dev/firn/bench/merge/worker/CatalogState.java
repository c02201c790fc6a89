package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Folder;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.pipeline.LakeConfig;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A saved state of the Iceberg tables of a lake: their metadata files, and all files below the
 * folder of each. Restoring it registers these metadata files again and removes every other file,
 * so that no run inherits a snapshot from the previous one.
 */
final class CatalogState implements AutoCloseable {

  private static final String FILE = "file:";
  private static final String STAMP = "stamp";

  private final LakeConfig lake;
  private final Catalog catalog;
  private final Path kept;

  /**
   * @param kept the file with the saved state
   */
  CatalogState(LakeConfig lake, Path kept) {
    this.lake = lake;
    this.kept = kept;
    this.catalog =
        CatalogUtil.buildIcebergCatalog(
            LakeCatalog.NAME, LakeCatalog.properties(lake), new Configuration());
  }

  /** True if a state is saved whose tables were created by the code that the stamp names. */
  boolean isKept(String stamp) {
    return Files.exists(kept) && load().getProperty(STAMP, "").equals(stamp);
  }

  /** Deletes the saved state and the tables. */
  void clear() {
    try {
      Files.deleteIfExists(kept);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete saved state: " + kept, e);
    }
    tables().forEach(table -> catalog.dropTable(table, false));
    databases().forEach(database -> Folder.remove(folder(database)));
  }

  void keep(String stamp) {
    Properties state = new Properties();
    state.setProperty(STAMP, stamp);
    for (TableIdentifier table : tables()) {
      state.setProperty(table.toString(), metadata(catalog.loadTable(table)));
    }
    files().forEach(file -> state.setProperty(FILE + file, ""));
    try (Writer out = Files.newBufferedWriter(kept)) {
      state.store(out, "before a run");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot save state: " + kept, e);
    }
  }

  void restore() {
    Properties state = load();
    tables().forEach(table -> catalog.dropTable(table, false));
    Set<Path> later = files();
    later.removeIf(file -> state.containsKey(FILE + file));
    later.forEach(file -> file.toFile().delete());
    state.stringPropertyNames().stream()
        .filter(name -> !name.startsWith(FILE) && !name.equals(STAMP))
        .forEach(
            name -> catalog.registerTable(TableIdentifier.parse(name), state.getProperty(name)));
  }

  @Override
  public void close() {
    try {
      ((Closeable) catalog).close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close catalog: " + lake.catalog(), e);
    }
  }

  private Properties load() {
    Properties state = new Properties();
    try (Reader in = Files.newBufferedReader(kept)) {
      state.load(in);
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read state: " + kept, e);
    }
  }

  private Set<Path> files() {
    Set<Path> files = new HashSet<>();
    databases().forEach(database -> files.addAll(Folder.files(folder(database)).keySet()));
    return files;
  }

  private List<TableIdentifier> tables() {
    List<TableIdentifier> tables = new ArrayList<>();
    for (String database : databases()) {
      Namespace namespace = Namespace.of(database);
      if (((SupportsNamespaces) catalog).namespaceExists(namespace)) {
        tables.addAll(catalog.listTables(namespace));
      }
    }
    return tables;
  }

  private List<String> databases() {
    return List.of(lake.database(), lake.ownDatabase());
  }

  private Path folder(String database) {
    return Path.of(lake.warehouse(), database);
  }

  private static String metadata(Table table) {
    return ((BaseTable) table).operations().current().metadataFileLocation();
  }
}
