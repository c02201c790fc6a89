package dev.firn.source.aws;

import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failure of the SDK says. */
final class SdkFailures {

  /** Behind it stands each place that the SDK looked at, with what it did not find there. */
  private static final Pattern CHAIN = Pattern.compile(" from any of the providers in the chain.*");

  private SdkFailures() {}

  /** Its first line, to stand within a sentence: {@code Unable to load region}. */
  static String firstLine(SdkException failure) {
    String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return CHAIN.matcher(line).replaceFirst("");
  }
}
