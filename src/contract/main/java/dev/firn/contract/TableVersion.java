package dev.firn.contract;

import java.util.Objects;

/**
 * A table as one schema document describes it.
 *
 * @param fingerprint of the {@link SchemaDocument}, eight hexadecimal digits
 */
public record TableVersion(TableToken table, String fingerprint) {

  public TableVersion {
    Objects.requireNonNull(table, "table");
    if (!SchemaDocument.isFingerprint(fingerprint)) {
      throw new IllegalArgumentException(
          "Cannot use schema fingerprint: eight hexadecimal digits are expected: " + fingerprint);
    }
  }
}
