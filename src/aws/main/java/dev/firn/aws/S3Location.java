package dev.firn.aws;

import dev.firn.console.OperatorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket and a key prefix.
 *
 * @param prefix empty, or ended by a slash
 */
record S3Location(String bucket, String prefix) {

  private static final Pattern ADDRESS = Pattern.compile("s3://([a-z0-9][a-z0-9.-]+)(?:/(.*))?");

  static S3Location parse(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      throw new OperatorException(
          "Cannot use address of the raw zone: it names no bucket: " + address,
          "Write raw: s3://bucket/prefix.");
    }
    String path = matcher.group(2) == null ? "" : matcher.group(2).replaceAll("/+$", "");
    return new S3Location(matcher.group(1), path.isEmpty() ? "" : path + "/");
  }

  String key(String path) {
    return prefix + path;
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix;
  }
}
