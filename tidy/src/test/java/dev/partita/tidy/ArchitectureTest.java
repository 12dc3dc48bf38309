package dev.partita.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.concurrent.ThreadLocalRandom;

/** The arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "dev.partita", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule MODULES =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("base")
          .definedBy("dev.partita.base..")
          .layer("model")
          .definedBy("dev.partita.model..")
          .layer("protocol")
          .definedBy("dev.partita.protocol..")
          .layer("storage")
          .definedBy("dev.partita.storage..")
          .layer("replication")
          .definedBy("dev.partita.replication..")
          .layer("engine")
          .definedBy("dev.partita.engine..")
          .layer("http")
          .definedBy("dev.partita.http..")
          .layer("server")
          .definedBy("dev.partita.server..")
          .layer("bench")
          .definedBy("dev.partita.bench..")
          .layer("triggers")
          .definedBy("dev.partita.triggers..")
          .layer("cli")
          .definedBy("dev.partita.cli..")
          .layer("testing")
          .definedBy("dev.partita.testing..")
          .whereLayer("base")
          .mayNotAccessAnyLayer()
          .whereLayer("model")
          .mayOnlyAccessLayers("base")
          .whereLayer("protocol")
          .mayOnlyAccessLayers("model", "base")
          .whereLayer("storage")
          .mayOnlyAccessLayers("base")
          .whereLayer("replication")
          .mayOnlyAccessLayers("storage", "base")
          .whereLayer("engine")
          .mayOnlyAccessLayers("model", "storage", "replication", "base")
          .whereLayer("http")
          .mayOnlyAccessLayers("base")
          .whereLayer("bench")
          .mayOnlyAccessLayers("base")
          .whereLayer("triggers")
          .mayOnlyAccessLayers("base")
          .whereLayer("testing")
          .mayNotAccessAnyLayer()
          .whereLayer("server")
          .mayOnlyBeAccessedByLayers("cli");

  @ArchTest
  static final ArchRule ROCKSDB_STAYS_IN_ITS_PACKAGE =
      noClasses()
          .that(
              resideInAPackage("dev.partita..")
                  .and(
                      not(
                          resideInAPackage("dev.partita.storage.rocksdb..")
                              .or(resideInAPackage("dev.partita.bench.ceiling..")))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.rocksdb..");

  @ArchTest
  static final ArchRule NETTY_STAYS_AT_THE_EDGE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.partita.http..", "dev.partita.server..", "dev.partita.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule TIME_AND_CHANCE_ARE_INJECTED =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.partita.model..",
              "dev.partita.protocol..",
              "dev.partita.storage..",
              "dev.partita.replication..",
              "dev.partita.engine..",
              "dev.partita.http..",
              "dev.partita.server..",
              "dev.partita.triggers..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ThreadLocalRandom.class);

  @ArchTest
  static final ArchRule PARTITIONS_KNOW_NO_SIDE_FLOW =
      noClasses()
          .that()
          .resideInAPackage("dev.partita.engine.partition..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.partita.engine.operation..",
              "dev.partita.engine.router..",
              "dev.partita.engine.metadata..");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CIRCLES =
      SlicesRuleDefinition.slices().matching("dev.partita.(**)").should().beFreeOfCycles();
}
