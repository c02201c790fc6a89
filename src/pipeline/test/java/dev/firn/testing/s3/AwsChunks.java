package dev.firn.testing.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body that the SDK signs chunk by chunk: {@code length-in-hex[;extension]\r\n bytes \r\n}, a
 * chunk of length 0 and trailers at the end (Amazon S3 API reference, signature version 4 for
 * chunked uploads).
 */
final class AwsChunks {

  private static final int LINE_END = 2;

  private AwsChunks() {}

  static byte[] decode(byte[] body) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
    int start = 0;
    while (true) {
      int headerEnd = lineEnd(body, start);
      String header = new String(body, start, headerEnd - start, StandardCharsets.US_ASCII);
      int length = Integer.parseInt(header.split(";", -1)[0].trim(), 16);
      if (length == 0) {
        return content.toByteArray();
      }
      content.write(body, headerEnd + LINE_END, length);
      start = headerEnd + LINE_END + length + LINE_END;
    }
  }

  private static int lineEnd(byte[] body, int from) {
    int end = from;
    while (body[end] != '\r') {
      end++;
    }
    return end;
  }
}
