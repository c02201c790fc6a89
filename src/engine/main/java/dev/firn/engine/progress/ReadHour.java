package dev.firn.engine.progress;

import dev.firn.engine.raw.RawFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * What was read of one hour folder, in one line whatever the number of its files: a high-water mark
 * (the greatest name), and a count and a digest that prove whether the files up to it are the ones
 * that were read. The names themselves are in the manifests of the batches {@code from} to {@code
 * to}.
 *
 * @param files how many were read
 * @param digest SHA-256 of their paths and lengths, in the order of paths
 * @param last the greatest name among them
 * @param batch the newest batch whose manifest names some of them
 * @param from number of the oldest batch that is needed to name all of them
 * @param to number of {@code batch}
 */
public record ReadHour(int files, String digest, String last, String batch, long from, long to) {

  /**
   * @param read all files of the folder that were read, at least one
   */
  static ReadHour of(List<RawFile> read, String batch, long from, long to) {
    List<RawFile> sorted = sorted(read);
    String last = nameOf(sorted.get(sorted.size() - 1).path());
    return new ReadHour(sorted.size(), digest(sorted), last, batch, from, to);
  }

  /** The files of a listing of the folder that are not beyond the high-water mark. */
  List<RawFile> upToLast(List<RawFile> listed) {
    return listed.stream().filter(file -> nameOf(file.path()).compareTo(last) <= 0).toList();
  }

  /** These files are the ones that were read: neither one more nor one less. */
  public boolean isExactly(List<RawFile> some) {
    return some.size() == files && digest(sorted(some)).equals(digest);
  }

  /** The line that a manifest has of it; a name may hold blanks, and so it is the last. */
  public String line() {
    return "%s %s %s %s %s %s".formatted(files, digest, from, to, batch, last);
  }

  public static ReadHour parse(String line) {
    String[] parts = line.split(" ", 6);
    if (parts.length < 6) {
      throw new IllegalArgumentException(
          "Cannot read hour of a manifest: parts are missing: " + line);
    }
    return new ReadHour(
        Integer.parseInt(parts[0]),
        parts[1],
        parts[5],
        parts[4],
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]));
  }

  static String folderOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static List<RawFile> sorted(List<RawFile> files) {
    return files.stream()
        .sorted(Comparator.comparing(RawFile::path).thenComparing(RawFile::length))
        .toList();
  }

  private static String digest(List<RawFile> sorted) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (RawFile file : sorted) {
        // A length of digits alone, and a path without newline or not: no two lists are one text.
        String entry = file.path().length() + ":" + file.path() + ":" + file.length() + "\n";
        digest.update(entry.getBytes(StandardCharsets.UTF_8));
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot make digest: SHA-256 is missing", e);
    }
  }
}
