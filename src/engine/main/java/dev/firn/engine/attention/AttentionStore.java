package dev.firn.engine.attention;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;

/**
 * Stores what needs the operator's attention, in {@code
 * <warehouse>/<database>__firn/raw/<table>.json}. Only the merge of the table writes the file, so
 * it has one writer.
 */
public final class AttentionStore {

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final LakeCatalog lake;
  private final TableToken table;

  public AttentionStore(LakeCatalog lake, TableToken table) {
    this.lake = lake;
    this.table = table;
  }

  /** Returns an empty record if the table does not exist yet. */
  public RawAttention read() {
    Optional<FileIO> files = files();
    if (files.isEmpty()) {
      return RawAttention.NONE;
    }
    try (InputStream in = files.get().newInputFile(location()).newStream()) {
      return JSON.readValue(in, RawAttention.class);
    } catch (NotFoundException e) {
      return RawAttention.NONE;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the table's stored attention file " + location(), e);
    }
  }

  /** Does nothing if the table does not exist yet. */
  public void write(RawAttention attention) {
    Optional<FileIO> files = files();
    if (files.isEmpty()) {
      return;
    }
    try (OutputStream out = files.get().newOutputFile(location()).createOrOverwrite()) {
      JSON.writeValue(out, attention);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the table's attention file " + location(), e);
    }
  }

  private Optional<FileIO> files() {
    try {
      return Optional.of(lake.load(lake.mirror(table)).io());
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private String location() {
    return "%s/%s/raw/%s.json"
        .formatted(lake.config().warehouse(), lake.config().ownDatabase(), table.lakeName());
  }
}
