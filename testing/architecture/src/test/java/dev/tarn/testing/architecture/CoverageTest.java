package dev.tarn.testing.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A rule over nothing always holds: these tests make sure that the rules see all of the code. */
class CoverageTest {
    private static final List<TarnModule> MODULES = TarnModule.all();
    private static final JavaClasses CLASSES =
            new ClassFileImporter().importLocations(new CompiledModules().get(CoverageTest.class));

    @Test
    void everyModuleWithJavaContributesClasses() {
        for (TarnModule module : MODULES) {
            if (module.hasJava()) {
                assertThat(CLASSES)
                        .as(
                                "classes of %s: it is not compiled. Run the whole build, and in the root POM keep"
                                        + " testing/architecture behind it",
                                module.name())
                        .anyMatch(module::holds);
            }
        }
    }

    @Test
    void theKnownModulesAreAmongThem() {
        assertThat(MODULES.stream().filter(TarnModule::hasJava).map(TarnModule::name))
                .contains(
                        "model",
                        "settings",
                        "settings-aws",
                        "services",
                        "stages/generate",
                        "stages/collect",
                        "stages/collect-raw",
                        "stages/analyze",
                        "stages/load",
                        "stages/store",
                        "stages/store-sink",
                        "processes/collect",
                        "processes/collect-avro",
                        "processes/collect-debezium",
                        "processes/engine",
                        "processes/topics",
                        "app/server",
                        "app/cli");
    }

    @Test
    void aPackageBelongsToOneModule() {
        Map<String, Set<String>> homes = CLASSES.stream()
                .collect(groupingBy(
                        JavaClass::getPackageName,
                        mapping(
                                type -> MODULES.stream()
                                        .filter(module -> module.holds(type))
                                        .map(TarnModule::name)
                                        .findFirst()
                                        .orElseThrow(),
                                toSet())));

        assertThat(homes)
                .as("the module of each package; name a package after its module")
                .allSatisfy((name, modules) -> assertThat(modules).as(name).hasSize(1));
    }
}
