package dev.firn.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Messages, help texts, documents and comments use the field's words. The test reads documents,
 * scripts and templates as a whole, and only the strings and comments of Java.
 */
class PlainEnglishTest {

  private static final Pattern READ =
      Pattern.compile(
          ".*\\.(md|java|sh|yaml|yml|scala|properties|py|txt|sql|xml|service)"
              + "|Makefile|Dockerfile|firn|run");

  /** Build output, version control, tools, and this test, which lists the words. */
  private static final Set<String> SKIPPED =
      Set.of("target", ".git", ".idea", ".vscode", "node_modules", "PlainEnglishTest.java");

  private static final Pattern JAVA_TEXT =
      Pattern.compile(
          "\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'"
              + "|//[^\\n]*|/\\*[\\s\\S]*?\\*/");

  /** A pattern of words to avoid, and the words to use instead. */
  private static final Map<Pattern, String> GLOSSARY =
      Map.of(
          words("(?<![-\\w])(?:stands?|stood)(?![-\\w])"), "is, lives, is stored",
          words("\\b(?:mend|heal)(?:s|ed|ing)?\\b"), "fix, repair",
          words("\\b(?:go|goes|going|gone|went) on\\b"), "continue, resume",
          words("\\banew\\b"), "again, recreated",
          words("\\bend(?:s|ed)? with (?:exit code )?[0-9]"), "exits with code",
          words("\\bon (?:the|its|their) way\\b"), "in flight",
          words("\\b(?:is|are|was|were|be|been) told\\b"), "is reported",
          words("\\bsays? so\\b"), "reports, logs a warning",
          words("\\bdue\\b(?! to\\b)"), "pending");

  @Test
  void everyDocumentMessageAndCommentUsesTheFieldsWords() {
    List<String> found = new ArrayList<>();
    for (Path file : files()) {
      String name = FirnHome.folder().relativize(file).toString();
      find(text(name, Modules.read(file))).forEach(place -> found.add(name + ":" + place));
    }
    assertEquals("", String.join("\n", found));
  }

  @Test
  void aWordIsFoundInDocumentsAndInTheStringsAndCommentsOfJavaWithItsLine() {
    assertEquals(
        List.of("2: \"goes on\": write continue, resume"), find(text("a.md", "It\ngoes on.\n")));
    assertEquals(1, find(text("A.java", "/**\n * It goes\n * on.\n */")).size());
    assertEquals(
        List.of("2: \"due\": write pending", "3: \"mended\": write fix, repair"),
        find(text("A.java", "due();\nsay(\"it is due\");\n// to be mended\n")));
    assertEquals(
        List.of(),
        find(text("A.java", "int due = anew('\"');\n// due to a stand-in, outstanding\n")));
  }

  /** The words may be on two lines of a comment. */
  private static Pattern words(String words) {
    return Pattern.compile(words.replace(" ", "\\s+(?:[*#/]+\\s+)?"), Pattern.CASE_INSENSITIVE);
  }

  private static List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          FirnHome.folder(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return isSkipped(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!isSkipped(file) && READ.matcher(name(file)).matches()) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list: " + FirnHome.folder(), e);
    }
    return files.stream().sorted().toList();
  }

  private static boolean isSkipped(Path path) {
    return SKIPPED.contains(name(path)) || name(path).startsWith("target-");
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static List<String> find(String text) {
    List<String> found = new ArrayList<>();
    GLOSSARY.forEach(
        (word, better) -> {
          Matcher matcher = word.matcher(text);
          while (matcher.find()) {
            long line =
                1 + text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
            found.add("%s: \"%s\": write %s".formatted(line, matcher.group(), better));
          }
        });
    return found.stream().sorted().toList();
  }

  /** The text of a file; in Java everything but strings and comments is blank. */
  private static String text(String name, String content) {
    if (!name.endsWith(".java")) {
      return content;
    }
    StringBuilder kept = new StringBuilder(content.replaceAll("[^\\n]", " "));
    Matcher matcher = JAVA_TEXT.matcher(content);
    while (matcher.find()) {
      kept.replace(matcher.start(), matcher.end(), matcher.group());
    }
    return kept.toString();
  }
}
