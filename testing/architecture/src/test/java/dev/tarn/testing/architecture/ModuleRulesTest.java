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
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which module may see which. */
@AnalyzeClasses(locations = CompiledModules.class)
class ModuleRulesTest {
    /** A stage, and those that it may see: a plugin of Kafka Connect those that it makes callable from there. */
    private static final Map<String, Set<String>> ADAPTERS = Map.of(
            "stages/store-sink", Set.of("stages/store", "stages/load"),
            // What it reads is what the tables' writer takes.
            "stages/load", Set.of("stages/store"));

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
    static final ArchRule processesSeeTheirEngineAlone = noClasses()
            .that()
            .resideInAPackage("dev.tarn.processes..")
            .and()
            .resideOutsideOfPackage("dev.tarn.processes.engine..")
            .should()
            .dependOnClassesThat(tarnBesides("dev.tarn.processes.."))
            .because("a process has the class path of its engine and nothing of ours on it: pass it what it needs as a"
                    + " file of properties, or over its HTTP interface");

    @ArchTest
    static final ArchRule engineSeesTheFormOfRowsBesides = noClasses()
            .that()
            .resideInAPackage("dev.tarn.processes.engine..")
            .should()
            .dependOnClassesThat(tarnBesides("dev.tarn.processes..", "dev.tarn.analyze.verify", "dev.tarn.model.keys"))
            .because("to compare a table with its source, both sides need one class for the form of a row, or it proves"
                    + " nothing; so do the writer of a table and who looks for a row in it for the form of a key. Both are"
                    + " of the JDK alone. Pass the engine all else over its HTTP interface");

    @ArchTest
    static final ArchRule formsOfRowsAndKeysSeeTheJdkAlone = classes()
            .that()
            .resideInAnyPackage("dev.tarn.analyze.verify", "dev.tarn.model.keys")
            .should(onlyDependOnClassesThat(
                    resideInAnyPackage("dev.tarn.analyze.verify", "dev.tarn.model.keys", "java..", "org.jspecify..")))
            .because("it is on the engine's class path too");

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
    static final ArchRule nothingSeesTheTests = noClasses()
            .that(resideOutsideOfPackages("dev.tarn.testing..", "dev.tarn.bench.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.tarn.testing.."))
            .because("the program runs without its tests (benchmarks, which drive a lake as a test does, are no part of"
                    + " it): move what both need to the module that owns it");

    @ArchTest
    static final ArchRule nothingSeesTheBenchmarks = noClasses()
            .that(resideOutsideOfPackages("dev.tarn.bench.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.tarn.bench.."))
            .because("a benchmark measures what users get: move what the program needs to the module that owns it");

    @ArchTest
    static final ArchRule stagesDoNotSeeEachOther = classes()
            .that(areOfAStage())
            .should(new SeeOnly(List.of("model", "settings"), ADAPTERS))
            .because("stages meet in the model: put the shared word there, or let app.server carry it across");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.tarn.(**)")
            .should()
            .beFreeOfCycles()
            .because("two packages that need each other are one: move the shared part to a third");

    private static DescribedPredicate<JavaClass> areOfAStage() {
        List<TarnModule> stages = TarnModule.all().stream()
                .filter(module -> module.name().startsWith("stages/"))
                .toList();
        return DescribedPredicate.describe(
                "are of a stage", type -> stages.stream().anyMatch(stage -> stage.holds(type)));
    }

    private static DescribedPredicate<JavaClass> tarnBesides(String... seen) {
        return resideInAPackage("dev.tarn..").and(resideOutsideOfPackages(seen)).as("belong to another module");
    }
}
