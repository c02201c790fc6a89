package dev.firn.cdc.value;

import dev.firn.console.OperatorException;
import dev.firn.contract.Column;
import dev.firn.pipeline.Mask;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces the values of a column before they become part of an event: no later code ever sees the
 * original values.
 */
public final class Masking {

  private static final String ALGORITHM = "HmacSHA256";

  private final Supplier<String> secret;
  private SecretKeySpec key;

  /**
   * @param secret the key of the hashes; read when the first hash is computed
   */
  public Masking(Supplier<String> secret) {
    this.secret = secret;
  }

  /** The column as it leaves the producer. */
  public static Column masked(Column column, Mask mask) {
    return mask instanceof Mask.Drop
        ? new Column(column.name(), column.type(), column.modifiers(), true, column.keyOrdinal())
        : new Column(column.name(), "text", List.of(), column.nullable(), column.keyOrdinal());
  }

  /** Writes the mask of a value; NULL stays NULL. */
  public ValueWriter writer(Mask mask) {
    if (mask instanceof Mask.Fixed fixed) {
      return (out, text, from, to) -> out.string(fixed.text());
    }
    if (mask instanceof Mask.Sha256) {
      SecretKeySpec hashKey = key();
      return (out, text, from, to) -> out.string(hash(hashKey, text, from, to));
    }
    return (out, text, from, to) -> out.nullValue();
  }

  private synchronized SecretKeySpec key() {
    if (key == null) {
      String text = secret.get();
      if (text.isEmpty()) {
        throw new OperatorException(
            "Cannot hash masked values: the key is empty",
            "Set source.mask_key, or the variable or secret that it names.");
      }
      key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }
    return key;
  }

  private static String hash(SecretKeySpec key, byte[] text, int from, int to) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(text, from, to - from);
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot hash a masked value", e);
    }
  }
}
