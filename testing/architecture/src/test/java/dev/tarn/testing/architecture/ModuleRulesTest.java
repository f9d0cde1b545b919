package dev.tarn.testing.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may see which, and where an engine may be named. */
@AnalyzeClasses(packages = "dev.tarn", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {
    private static final String[] STAGES = {
        "dev.tarn.generate..",
        "dev.tarn.collect..",
        "dev.tarn.store..",
        "dev.tarn.prepare..",
        "dev.tarn.analyze..",
        "dev.tarn.deliver.."
    };

    @ArchTest
    static final ArchRule modelSeesTheJdkAlone = classes()
            .that()
            .resideInAPackage("dev.tarn.model..")
            .should(onlyDependOnClassesThat(resideInAnyPackage("dev.tarn.model..", "java..", "org.jspecify..")))
            .because("every module uses the model: move what needs a library to the module that needs it");

    @ArchTest
    static final ArchRule settingsSeeTheModelAlone = noClasses()
            .that()
            .resideInAPackage("dev.tarn.settings..")
            .should()
            .dependOnClassesThat(tarnBesides("dev.tarn.settings..", "dev.tarn.model.."))
            .because("settings are read at the edge: pass the record to whoever needs it");

    @ArchTest
    static final ArchRule servicesSeeTheModelAlone = noClasses()
            .that()
            .resideInAPackage("dev.tarn.services..")
            .should()
            .dependOnClassesThat(tarnBesides("dev.tarn.services..", "dev.tarn.model.."))
            .because("app.server wires settings to services: give the service what it needs by its constructor");

    @ArchTest
    static final ArchRule commandIsThin = noClasses()
            .that()
            .resideInAPackage("dev.tarn.cli..")
            .should()
            .dependOnClassesThat(tarnBesides("dev.tarn.cli..", "dev.tarn.model..", "dev.tarn.generate.."))
            .because("the command starts in half a second: ask the server over its API instead");

    @ArchTest
    static final ArchRule onlyTheServerSeesEverything = noClasses()
            .that(resideOutsideOfPackages("dev.tarn.server.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.tarn.server.."))
            .because("app.server is the top: move what you need down to a module that both may see");

    @ArchTest
    static final ArchRule stagesDoNotSeeEachOther = slices().assignedFrom(new StageOfClass(STAGES))
            .should()
            .notDependOnEachOther()
            .because("stages meet in the model: put the shared word there");

    @ArchTest
    static final ArchRule postgresIsNamedInItsPackagesOnly = engine("org.postgresql..", "..postgres..");

    @ArchTest
    static final ArchRule yamlIsNamedInSettingsOnly = engine("org.snakeyaml..", "dev.tarn.settings..");

    @ArchTest
    static final ArchRule awsIsNamedInItsPackageOnly = engine("software.amazon..", "dev.tarn.settings.aws..");

    @ArchTest
    static final ArchRule hudiIsNamedInItsPackagesOnly = engine("org.apache.hudi..", "..hudi..");

    @ArchTest
    static final ArchRule kafkaIsNamedInItsPackagesOnly =
            engine("org.apache.kafka..", "..kafka..", "..connect..", "dev.tarn.processes.collect..");

    @ArchTest
    static final ArchRule sparkIsNamedInItsPackagesOnly =
            engine("org.apache.spark..", "..spark..", "dev.tarn.processes.engine..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.tarn.(**)")
            .should()
            .beFreeOfCycles()
            .because("two packages that need each other are one: move the shared part to a third");

    private static ArchRule engine(String engine, String... homes) {
        return noClasses()
                .that(resideOutsideOfPackages(homes))
                .should()
                .dependOnClassesThat(resideInAPackage(engine))
                .because("an engine stays behind the door of the packages named for it: say it in words of the model")
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> tarnBesides(String... seen) {
        return resideInAPackage("dev.tarn..").and(resideOutsideOfPackages(seen)).as("belong to another module");
    }
}
