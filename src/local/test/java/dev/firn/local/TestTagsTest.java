package dev.firn.local;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** {@code make test-fast} runs the tests that are not tagged {@code slow}. */
class TestTagsTest {

  /** Classes that start PostgreSQL, Spark, and processes: stages, servers, the emulator of AWS. */
  private static final Set<String> SLOW =
      Set.of(
          "io.zonky.test.db.postgres.embedded.EmbeddedPostgres",
          "dev.firn.engine.testing.SparkExtension",
          "java.lang.ProcessBuilder");

  /** Classes of a stage start nothing when a test calls them; classes of this module do. */
  private static final JavaClasses TESTS =
      new ClassFileImporter().importPaths(Modules.testClassFolders());

  @Test
  void aTestThatUsesPostgresSparkOrProcessesIsTaggedSlow() {
    List<String> untagged =
        testClasses().stream()
            .filter(test -> !isSlow(test))
            .flatMap(test -> slowUse(test).stream())
            .sorted()
            .toList();
    assertEquals(List.of(), untagged, "These need @OnPostgres, @OnSpark or @RunsProcesses");
  }

  @Test
  void aTestThatUsesNoneOfThemIsNot() {
    List<String> fast =
        testClasses().stream()
            .filter(test -> isSlow(test) && slowUse(test).isEmpty())
            .map(JavaClass::getName)
            .sorted()
            .toList();
    assertEquals(List.of(), fast, "These are tagged slow and start nothing");
  }

  private List<JavaClass> testClasses() {
    List<JavaClass> found =
        TESTS.stream()
            .filter(
                type ->
                    type.getMethods().stream()
                        .anyMatch(method -> method.isMetaAnnotatedWith(Testable.class)))
            .toList();
    assertTrue(found.size() > 50, found.toString());
    return found;
  }

  /** Why a test is slow: the class that it uses, by whichever other test classes. */
  private static Optional<String> slowUse(JavaClass test) {
    return test.getTransitiveDependenciesFromSelf().stream()
        .filter(use -> SLOW.contains(use.getTargetClass().getName()))
        .map(Dependency::getDescription)
        .min(String::compareTo)
        .map(use -> test.getName() + ": " + use);
  }

  private static boolean isSlow(JavaClass test) {
    return test.isMetaAnnotatedWith(describe("slow", TestTagsTest::isSlowTag));
  }

  private static boolean isSlowTag(JavaAnnotation<?> annotation) {
    return annotation.getRawType().isEquivalentTo(Tag.class)
        && annotation.get("value").filter("slow"::equals).isPresent();
  }
}
