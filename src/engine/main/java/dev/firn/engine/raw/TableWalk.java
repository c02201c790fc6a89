package dev.firn.engine.raw;

import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;

/**
 * Walks the folders of one table: the names of all its years, months and days, which costs one
 * request a month, and the files of the wanted days. Any other folder or file that it meets is
 * skipped and reported, unless it is hidden: names that begin with {@code _} or {@code .} belong to
 * other tools.
 */
final class TableWalk {

  private static final List<Pattern> LEVELS =
      List.of(
          Pattern.compile("year=\\d{4}"),
          Pattern.compile("month=\\d{2}"),
          Pattern.compile("day=\\d{2}"));

  /** Names of files that a tool is still writing. */
  private static final Pattern UNFINISHED =
      Pattern.compile(
          ".*(\\.part|\\.partial|\\.filepart|\\.tmp|\\.temp|\\.inprogress|\\.crdownload|~)");

  /** Older S3 file systems of Hadoop create such an object for a folder. */
  private static final String FOLDER_MARK = "_$folder$";

  private final RawZone zone;
  private final List<RawFile> files = new ArrayList<>();
  private final Set<String> passedOver = new TreeSet<>();

  TableWalk(RawZone zone) {
    this.zone = zone;
  }

  RawListing walk(TableToken table, Predicate<String> wanted) {
    List<String> folders = List.of(table.value());
    for (Pattern level : LEVELS) {
      folders = folders.stream().flatMap(folder -> below(folder, level).stream()).toList();
    }
    folders.stream().filter(wanted).forEach(this::listDay);
    files.sort(Comparator.comparing(RawFile::path));
    return new RawListing(files, List.copyOf(passedOver));
  }

  private List<String> below(String folder, Pattern level) {
    List<String> found = new ArrayList<>();
    for (FileStatus entry : zone.entries(folder)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory() && level.matcher(name).matches()) {
        found.add(folder + "/" + name);
      } else if (!isHidden(name)) {
        passedOver.add(folder + "/" + name);
      }
    }
    return found;
  }

  private void listDay(String day) {
    for (FileStatus entry : zone.entriesOfDay(day)) {
      String path = zone.relative(entry.getPath());
      String[] names = path.substring(day.length() + 1).split("/");
      if (Arrays.stream(names).noneMatch(TableWalk::isHidden)) {
        add(entry, path, day + "/" + names[0], names);
      }
    }
  }

  private void add(FileStatus entry, String path, String hour, String[] names) {
    if (!RawPath.isHourFolder(hour)) {
      passedOver.add(hour);
    } else if (names.length > 1 && !isData(entry, names)) {
      passedOver.add(hour + "/" + names[1]);
    } else if (names.length > 1) {
      files.add(new RawFile(path, entry.getLen()));
    }
  }

  private static boolean isData(FileStatus entry, String[] names) {
    return names.length == 2 && entry.isFile() && !UNFINISHED.matcher(names[1]).matches();
  }

  static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".") || name.endsWith(FOLDER_MARK);
  }
}
