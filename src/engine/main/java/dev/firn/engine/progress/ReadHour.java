package dev.firn.engine.progress;

import dev.firn.engine.raw.RawFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * The files of one hour folder that were read, in one line whatever their number: a high-water mark
 * (the greatest name), and a count and a digest that prove whether the files up to it are the ones
 * that were read. The names are in the manifests of the batches {@code from} to {@code to}.
 *
 * @param files the number of files that were read
 * @param digest SHA-256 of their paths and lengths, in the order of paths
 * @param last the greatest name among them
 * @param batch the newest batch whose manifest names at least one of them
 * @param from number of the oldest batch whose manifest is needed to name all of them
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

  /** The files of a listing of the folder up to the high-water mark. */
  List<RawFile> upToLast(List<RawFile> listed) {
    return listed.stream().filter(file -> nameOf(file.path()).compareTo(last) <= 0).toList();
  }

  /** Whether these files are exactly the ones that were read. */
  public boolean isExactly(List<RawFile> some) {
    return some.size() == files && digest(sorted(some)).equals(digest);
  }

  /** The line in a manifest; the name is last, because it may contain blanks. */
  public String line() {
    return "%s %s %s %s %s %s".formatted(files, digest, from, to, batch, last);
  }

  public static ReadHour parse(String line) {
    String[] parts = line.split(" ", 6);
    if (parts.length < 6) {
      throw new IllegalArgumentException(
          "Cannot read the line of an hour in a manifest: fields are missing: " + line);
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
        // The length has only digits, so two different lists never give the same text, even if a
        // path contains a newline.
        String entry = file.path().length() + ":" + file.path() + ":" + file.length() + "\n";
        digest.update(entry.getBytes(StandardCharsets.UTF_8));
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot make digest: SHA-256 is missing", e);
    }
  }
}
