package dev.firn.source.aws;

import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/** The message of a failure of the SDK. */
final class SdkFailures {

  /** After it the SDK lists each place that it searched, and what is missing there. */
  private static final Pattern CHAIN = Pattern.compile(" from any of the providers in the chain.*");

  private SdkFailures() {}

  /** The first line of the message, for use within a sentence: {@code Unable to load region}. */
  static String firstLine(SdkException failure) {
    String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return CHAIN.matcher(line).replaceFirst("");
  }
}
