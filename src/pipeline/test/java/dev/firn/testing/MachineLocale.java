package dev.firn.testing;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the rest of a test run as on a machine of another language; restored after the test. */
public final class MachineLocale implements AfterEachCallback {

  private static final Locale BEFORE = Locale.getDefault();

  /** Other digits (two kinds), other separators, another lower case of I. */
  public static Stream<String> all() {
    return Stream.of("ar-EG", "fa-IR", "de-DE", "tr-TR");
  }

  /**
   * @param tag as {@link Locale#forLanguageTag} takes it
   */
  public static void set(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Locale.setDefault(BEFORE);
  }
}
