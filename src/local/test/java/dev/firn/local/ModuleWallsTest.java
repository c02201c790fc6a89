package dev.firn.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.firn.contract.Clocks;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The walls between the modules, read off what the compiler made of all of them. */
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
  void theEngineIsKnownToEtlAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.firn.etl..")
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

  /** A wait by the wall clock ends when somebody sets it: Clocks has what waits go by. */
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
  void packagesHaveNoCycles() {
    slices().matching("dev.firn.contract.(*)..").should().beFreeOfCycles().check(FIRN);
    slices().matching("dev.firn.cdc.(*)..").should().beFreeOfCycles().check(FIRN);
    slices().matching("dev.firn.delivery.(*)..").should().beFreeOfCycles().check(FIRN);
    slices().matching("dev.firn.etl.(*)..").should().beFreeOfCycles().check(FIRN);
  }
}
