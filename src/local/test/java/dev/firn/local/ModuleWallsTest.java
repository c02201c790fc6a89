package dev.firn.local;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.firn.contract.Clocks;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dependencies between modules, checked on the compiled classes. */
class ModuleWallsTest {

  private static final List<String> STAGES = List.of("cdc", "delivery", "etl", "local");

  private static final JavaClasses FIRN =
      new ClassFileImporter().importPaths(Modules.classFolders());

  @Test
  void theContractKnowsTheJdkAndJacksonAlone() {
    classes()
        .that()
        .resideInAPackage("dev.firn.contract..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.firn.contract..", "java..", "com.fasterxml.jackson.core..")
        .check(FIRN);
  }

  @Test
  void noStageKnowsAnother() {
    for (String stage : STAGES) {
      String[] others =
          STAGES.stream()
              .filter(other -> !other.equals(stage))
              .map(other -> "dev.firn." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.firn." + stage + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(FIRN);
    }
  }

  @Test
  void whatWritesTheLogIsKnownToLoggingAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.firn.logging..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ch.qos.logback..")
        .check(FIRN);
  }

  @Test
  void sparkAndIcebergAreKnownToTheEngineAndItsJobsAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.firn.engine..", "dev.firn.etl..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.iceberg..", "org.apache.hadoop..")
        .check(FIRN);
  }

  @Test
  void awsIsKnownToTheStagesThatMeetItAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.firn.aws..", "dev.firn.cdc..", "dev.firn.delivery..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.firn.aws..")
        .check(FIRN);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.firn.aws..", "dev.firn.cdc..", "dev.firn.delivery..", "dev.firn.source.aws..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .check(FIRN);
    noClasses()
        .that()
        .resideInAnyPackage("dev.firn.aws..", "dev.firn.source..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.firn.cdc..", "dev.firn.delivery..", "dev.firn.etl..")
        .check(FIRN);
  }

  /**
   * A wait by the wall clock breaks when somebody sets the clock: waits use the ticks of Clocks.
   */
  @Test
  void theProducerAndTheDeliveryAskTheWallClockByOneClassAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.firn.contract..", "dev.firn.cdc..", "dev.firn.delivery..", "dev.firn.console..")
        .and()
        .doNotHaveFullyQualifiedName(Clocks.class.getName())
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(FIRN);
  }

  @Test
  void theEngineKnowsNoJobAndNoCommand() {
    noClasses()
        .that()
        .resideInAPackage("dev.firn.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.firn.etl..", "dev.firn.source..", "picocli..")
        .check(FIRN);
  }

  @Test
  void jobsDoNotCallEachOther() {
    List<String> jobs = List.of("merge", "verify", "query", "status");
    for (String job : jobs) {
      noClasses()
          .that()
          .resideInAPackage("dev.firn.etl." + job + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              Stream.concat(jobs.stream().filter(other -> !other.equals(job)), Stream.of("run"))
                  .map(other -> "dev.firn.etl." + other + "..")
                  .toArray(String[]::new))
          .check(FIRN);
    }
  }

  @Test
  void rowsAndScansKnowNoSparkSession() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.firn.engine.row..",
            "dev.firn.engine.judge..",
            "dev.firn.engine.scan..",
            "dev.firn.engine.typing..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.spark.sql.SparkSession")
        .check(FIRN);
  }

  @Test
  void tablesAndPublicationAloneCommitToIceberg() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.firn.engine.table..", "dev.firn.engine.publish..")
        .should()
        .callMethodWhere(
            target(name("commit")).and(target(owner(resideInAPackage("org.apache.iceberg..")))))
        .check(FIRN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.firn.contract.(*)..").should().beFreeOfCycles().check(FIRN);
    slices().matching("dev.firn.cdc.(*)..").should().beFreeOfCycles().check(FIRN);
    slices().matching("dev.firn.delivery.(*)..").should().beFreeOfCycles().check(FIRN);
    slices().matching("dev.firn.engine.(*)..").should().beFreeOfCycles().check(FIRN);
    slices().matching("dev.firn.etl.(*)..").should().beFreeOfCycles().check(FIRN);
  }
}
