package dev.firn.engine.progress;

import com.fasterxml.jackson.core.type.TypeReference;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * Stores batch manifests in {@code <warehouse>/<database>__firn/batches/<table>/<batch>.json},
 * outside the table's location, because remove_orphan_files would delete them there.
 */
public final class ManifestStore implements BatchFiles.Source {

  private static final String SUFFIX = ".json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
          .registerModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader()));

  private final FileIO files;
  private final String folder;

  public ManifestStore(FileIO files, LakeConfig lake, TableToken table) {
    this.files = files;
    this.folder =
        "%s/%s/batches/%s".formatted(lake.warehouse(), lake.ownDatabase(), table.lakeName());
  }

  public void write(BatchManifest manifest) {
    write(location(manifest.batch()), manifest);
  }

  /** Stores the lines of old hours, which most runs do not need, in a separate file. */
  void writeOlder(String batch, Map<String, String> hours) {
    write(olderLocation(batch), hours);
  }

  /** Empty if they no longer exist, and for a batch without a name. */
  Map<String, String> readOlder(String batch) {
    return batch.isEmpty()
        ? Map.of()
        : read(olderLocation(batch), new TypeReference<Map<String, String>>() {}).orElse(Map.of());
  }

  private void write(String location, Object value) {
    try (OutputStream out = files.newOutputFile(location).create()) {
      JSON.writeValue(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write batch manifest " + location, e);
    }
  }

  /** Empty when there is no such manifest. */
  public Optional<BatchManifest> read(String batch) {
    return read(location(batch), new TypeReference<BatchManifest>() {});
  }

  @Override
  public Optional<BatchFiles> find(String batch) {
    return read(batch).map(BatchManifest::named);
  }

  private <T> Optional<T> read(String location, TypeReference<T> type) {
    try (InputStream in = files.newInputFile(location).newStream()) {
      return Optional.of(JSON.readValue(in, type));
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read batch manifest " + location, e);
    }
  }

  /**
   * Removes the manifests of batches that were planned before a time, and lines of old hours that
   * newer ones have replaced.
   *
   * @param kept batches whose manifests are kept, whatever their age
   */
  int removeBefore(Instant time, Set<String> kept) {
    if (!(files instanceof SupportsPrefixOperations listing)) {
      return 0;
    }
    List<String> old = new ArrayList<>();
    for (FileInfo file : listing.listPrefix(folder + "/")) {
      String name = file.location().substring(file.location().lastIndexOf('/') + 1);
      String batch =
          name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
      boolean isOld =
          BatchId.plannedAt(batch).filter(planned -> planned.isBefore(time)).isPresent();
      if (isOld && !kept.contains(batch)) {
        old.add(file.location());
      }
    }
    old.forEach(files::deleteFile);
    return old.size();
  }

  private String location(String batch) {
    return folder + "/" + batch + SUFFIX;
  }

  private String olderLocation(String batch) {
    return folder + "/hours/" + batch + SUFFIX;
  }
}
