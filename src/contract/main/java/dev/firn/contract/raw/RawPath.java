package dev.firn.contract.raw;

import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.TableToken;
import dev.firn.contract.TableVersion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths below the root of the raw zone, always with {@code /}, as Firehose's dynamic partitioning
 * writes them: {@code
 * <table>/year=YYYY/month=MM/day=DD/hour=HH/<stream>-1-YYYY-MM-DD-HH-MM-SS-<uuid>.json.gz} in UTC,
 * {@code _schema/<table>/<fingerprint>.json}, and {@code
 * _schema/<table>/snapshots/<epoch>-<lsn>.json}. The hour is that in which an event was written.
 */
public final class RawPath {

  /** The folder of files in progress; readers ignore it. */
  public static final String INCOMING = "_incoming";

  /**
   * The error prefix, where Firehose and {@code deliver} store records that they could not
   * partition.
   */
  public static final String ERRORS = "error";

  public static final String FILE_SUFFIX = ".json.gz";

  /** Where the schema documents of all tables are. */
  public static final String SCHEMAS = "_schema";

  private static final DateTimeFormatter DAY_FOLDER =
      DateTimeFormatter.ofPattern("'year='uuuu'/month='MM'/day='dd", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HOUR_FOLDER =
      DateTimeFormatter.ofPattern("'year='yyyy'/month='MM'/day='dd'/hour='HH", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern HOUR =
      Pattern.compile("year=(\\d{4})/month=(\\d{2})/day=(\\d{2})/hour=(\\d{2})");

  private static final Pattern HOUR_FOLDER_NAME = Pattern.compile("[^/]+/" + HOUR.pattern());

  private RawPath() {}

  /** The folder of a day, which contains its hour folders. */
  public static String dayFolder(TableToken table, Instant writtenAt) {
    return table.value() + "/" + DAY_FOLDER.format(writtenAt);
  }

  public static String hourFolder(TableToken table, Instant writtenAt) {
    return table.value() + "/" + HOUR_FOLDER.format(writtenAt);
  }

  /**
   * @param stream the name of the delivery stream, or of the slot where the producer writes by
   *     itself
   * @param created when the file was opened
   */
  public static String fileName(String stream, Instant created, UUID id) {
    return stream + "-1-" + FILE_TIME.format(created) + "-" + id + FILE_SUFFIX;
  }

  public static String schemaFolder(TableToken table) {
    return SCHEMAS + "/" + table.value();
  }

  public static String schemaDocument(TableVersion version) {
    return schemaFolder(version.table()) + "/" + version.fingerprint() + ".json";
  }

  /** The folder of the snapshot records of a table. */
  public static String snapshotFolder(TableToken table) {
    return schemaFolder(table) + "/snapshots";
  }

  public static String snapshotRecord(SnapshotRecord record) {
    return snapshotFolder(record.table()) + "/" + record.epoch() + "-" + record.lsn() + ".json";
  }

  /** Not below the folder of a table: a hyphen is in no token. */
  public static String sentRecord(String slot) {
    return SCHEMAS + "/sent-" + slot + ".json";
  }

  /** The hour that a path's folders name, at any depth; empty when they name none. */
  public static Optional<Instant> hourOf(String path) {
    Matcher matcher = HOUR.matcher(path);
    if (!matcher.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(number(matcher, 1), number(matcher, 2), number(matcher, 3), 0, 0)
              .plusHours(number(matcher, 4))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * A folder below the root is an hour folder of a table: it has the form that {@link #hourFolder}
   * writes, and names a valid hour.
   */
  public static boolean isHourFolder(String folder) {
    return HOUR_FOLDER_NAME.matcher(folder).matches() && hourOf(folder).isPresent();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
