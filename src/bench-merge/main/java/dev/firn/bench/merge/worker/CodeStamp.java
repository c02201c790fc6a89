package dev.firn.bench.merge.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Identifies the code in a jar by its content: data created by other code is created again. */
final class CodeStamp {

  private CodeStamp() {}

  /** The stamp of all classes in the jar of this class. */
  static String of(Class<?> type) {
    String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (ZipFile zip = new ZipFile(jar)) {
      long sum =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(".class"))
              .mapToLong(CodeStamp::sum)
              .sum();
      return Long.toHexString(sum);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read jar: " + jar, e);
    }
  }

  private static long sum(ZipEntry entry) {
    return entry.getCrc() * 31 + entry.getName().hashCode();
  }
}
