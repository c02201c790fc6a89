package dev.firn.etl.merge;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.firn.contract.TableToken;
import dev.firn.pipeline.LakeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;

/**
 * Keeps batch manifests: {@code <warehouse>/<database>__firn/batches/<table>/<batch>.json}. Not
 * below a table's own location, where the removal of orphan files would take them.
 */
final class ManifestStore {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
          .registerModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader()));

  private final FileIO files;
  private final String folder;

  ManifestStore(FileIO files, LakeConfig lake, TableToken table) {
    this.files = files;
    this.folder =
        "%s/%s/batches/%s".formatted(lake.warehouse(), lake.ownDatabase(), table.lakeName());
  }

  void write(BatchManifest manifest) {
    try (OutputStream out = files.newOutputFile(location(manifest.batch())).create()) {
      JSON.writeValue(out, manifest);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write batch manifest " + manifest.batch(), e);
    }
  }

  /** Empty when there is no such manifest. */
  Optional<BatchManifest> read(String batch) {
    try (InputStream in = files.newInputFile(location(batch)).newStream()) {
      return Optional.of(JSON.readValue(in, BatchManifest.class));
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read batch manifest " + location(batch), e);
    }
  }

  private String location(String batch) {
    return folder + "/" + batch + ".json";
  }
}
