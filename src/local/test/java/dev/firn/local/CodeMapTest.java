package dev.firn.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of the code in CONTRIBUTING.md matches the code. */
class CodeMapTest {

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern CLASS = Pattern.compile("([A-Z][a-z]\\w*)(\\.\\w+)?");
  private static final Pattern FOLDER = Pattern.compile("(src|docs|deploy|bin)/[\\w./-]*");

  /** The sentence that lists the packages of a module. */
  private static final Pattern INSIDE = Pattern.compile("Inside `(\\w+)`[^:.]*: ([^.]*)\\.");

  private final String map = Modules.read(FirnHome.folder().resolve("CONTRIBUTING.md"));

  @Test
  void everyClassOnTheMapExists() {
    Set<String> classes =
        Modules.sources().stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    List<String> named =
        names(map).map(CLASS::matcher).filter(Matcher::matches).map(one -> one.group(1)).toList();
    assertTrue(named.size() > 30, named.toString());
    assertEquals(List.of(), named.stream().filter(one -> !classes.contains(one)).toList());
  }

  @Test
  void everyFolderOnTheMapExists() {
    List<String> named =
        names(map).filter(one -> FOLDER.matcher(one).matches() && !one.contains("target")).toList();
    assertTrue(named.size() > 10, named.toString());
    assertEquals(
        List.of(),
        named.stream().filter(one -> !Files.exists(FirnHome.folder().resolve(one))).toList());
  }

  @Test
  void theMapHasExactlyThePackagesThatAreThere() throws IOException {
    Set<String> listed = new TreeSet<>();
    for (MatchResult module : INSIDE.matcher(map).results().toList()) {
      Set<String> packages = names(module.group(2)).collect(Collectors.toCollection(TreeSet::new));
      assertEquals(packages(module.group(1)), packages, "Inside " + module.group(1));
      listed.add(module.group(1));
    }
    for (String module : Modules.names()) {
      assertTrue(listed.contains(module) || packages(module).size() < 5, "Inside " + module);
    }
  }

  private static Stream<String> names(String text) {
    return NAME.matcher(text).results().map(name -> name.group(1));
  }

  /** The folders right below that of the module. */
  private static Set<String> packages(String module) throws IOException {
    Path folder = Modules.mainFolder(module).resolve("dev/firn").resolve(module);
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(Files::isDirectory)
          .map(one -> one.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
