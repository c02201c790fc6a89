package dev.firn.engine.progress;

import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the manifests short: lines of hours before the look-back, which most runs do not need, are
 * moved to a separate file, a day at a time. Each such file has the lines of all earlier hours.
 */
public final class OldHours {

  /** The number of hours that are worth a new file. */
  private static final int A_DAY = 24;

  private final ManifestStore manifests;
  private final TableToken table;

  public OldHours(ManifestStore manifests, TableToken table) {
    this.manifests = manifests;
    this.table = table;
  }

  /**
   * Returns the manifest without the lines of the hours that were moved.
   *
   * @param horizon hours before its day count as old
   */
  public BatchManifest moved(BatchManifest manifest, Instant horizon) {
    BatchManifest.Reached reached = manifest.reached();
    TreeMap<String, String> hours = new TreeMap<>(reached.hours());
    Map<String, String> old = hours.headMap(RawPath.dayFolder(table, horizon));
    if (old.size() < A_DAY) {
      return manifest;
    }
    Map<String, String> older = new TreeMap<>(manifests.readOlder(reached.older()));
    older.putAll(old);
    manifests.writeOlder(manifest.batch(), older);
    old.clear();
    return manifest.reaching(
        new BatchManifest.Reached(
            reached.number(),
            reached.mergedUpTo(),
            reached.copied(),
            hours,
            manifest.batch(),
            reached.readBefore()));
  }
}
