package dev.firn.testing.s3;

import java.util.Arrays;
import java.util.Map;

/** The answer of ListObjectsV2, all keys on one page. */
final class ObjectList {

  private ObjectList() {}

  static String of(Map<String, byte[]> objects, String bucket, String query) {
    String prefix = bucket + "/" + parameter(query, "prefix");
    StringBuilder xml = new StringBuilder("<ListBucketResult><Name>").append(bucket);
    xml.append("</Name><IsTruncated>false</IsTruncated>");
    for (Map.Entry<String, byte[]> object : objects.entrySet()) {
      if (object.getKey().startsWith(prefix)) {
        xml.append("<Contents><Key>")
            .append(object.getKey().substring(bucket.length() + 1).replace("&", "&amp;"))
            .append("</Key><Size>")
            .append(object.getValue().length)
            .append("</Size></Contents>");
      }
    }
    return xml.append("</ListBucketResult>").toString();
  }

  private static String parameter(String query, String name) {
    return Arrays.stream(query.split("&", -1))
        .filter(part -> part.startsWith(name + "="))
        .map(part -> part.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }
}
