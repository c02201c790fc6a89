package dev.firn.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The columns a table had while some of its events were written: {@code
 * raw/_schema/<table>/<fingerprint>.json}. The producer writes it before the first event that names
 * it, and never changes it.
 *
 * @param source the table's qualified name in PostgreSQL, quoted where needed: {@code public.sales}
 * @param columns in the order of the table
 */
public record SchemaDocument(
    TableToken table, String source, List<Column> columns, ReplicaIdentity replicaIdentity) {

  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{8}");

  public SchemaDocument {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(replicaIdentity, "replicaIdentity");
    columns = List.copyOf(columns);
    long names = columns.stream().map(Column::name).distinct().count();
    if (columns.isEmpty() || names < columns.size()) {
      throw new IllegalArgumentException(
          "Cannot use schema document of %s: it needs at least one column, and distinct names: %s"
              .formatted(table, columns.stream().map(Column::name).toList()));
    }
  }

  public static boolean isFingerprint(String text) {
    return FINGERPRINT.matcher(text).matches();
  }

  /** The first eight hexadecimal digits of the SHA-256 of the document's text. */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(toJson().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot fingerprint schema: the JDK has no SHA-256", e);
    }
  }

  public TableVersion version() {
    return new TableVersion(table, fingerprint());
  }

  /** The key's columns in the order of the key; empty for a table without one. */
  public List<Column> keyColumns() {
    return columns.stream()
        .filter(Column::isKey)
        .sorted(Comparator.comparingInt(Column::keyOrdinal))
        .toList();
  }

  public String toJson() {
    return SchemaDocumentJson.write(this);
  }

  /**
   * @throws MalformedRecordException when the text is not a schema document
   */
  public static SchemaDocument parse(String json) {
    return SchemaDocumentJson.read(json);
  }
}
