package dev.tarn.testing.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where an engine may be named: in packages that carry its name, and in the process that is made of it. */
@AnalyzeClasses(locations = CompiledModules.class)
class EngineRulesTest {
    private static final String PROCESSES = "dev.tarn.processes..";

    @ArchTest
    static final ArchRule debezium = engine("io.debezium..").onlyIn("..debezium..");

    @ArchTest
    static final ArchRule kafka = engine("org.apache.kafka..", "kafka..")
            .except("dev.tarn.collect.raw", "all of that module is one Kafka Connect plugin, and sees no stage")
            .onlyIn("..kafka..", "..connect..");

    @ArchTest
    static final ArchRule apicurio = engine("io.apicurio..").onlyIn("..apicurio..", "..registry..");

    @ArchTest
    static final ArchRule hudi = engine("org.apache.hudi..").onlyIn("..hudi..");

    @ArchTest
    static final ArchRule metastore = engine("org.apache.hadoop.hive..", "org.apache.hive..", "org.apache.thrift..")
            .onlyIn("..hive..", "..metastore..");

    @ArchTest
    static final ArchRule spark = engine("org.apache.spark..", "scala..").onlyIn("..spark..");

    @ArchTest
    static final ArchRule rocksdb = engine("org.rocksdb..")
            .except(
                    "dev.tarn.store.index",
                    "its one class over RocksDB implements an interface that nobody outside that package should see")
            .onlyIn("..rocksdb..");

    @ArchTest
    static final ArchRule duckdb = engine("org.duckdb..").onlyIn("..duckdb..");

    @ArchTest
    static final ArchRule postgres = engine("org.postgresql..").onlyIn("..postgres..");

    @ArchTest
    static final ArchRule aws = engine("software.amazon..", "com.amazonaws..").onlyIn("..aws..");

    @ArchTest
    static final ArchRule yaml = engine("org.snakeyaml..").onlyIn("dev.tarn.settings..");

    private static Engine engine(String... packages) {
        return new Engine(List.of(packages), List.of(), "");
    }

    private record Engine(List<String> packages, List<String> exceptions, String reason) {
        Engine except(String exception, String why) {
            return new Engine(packages, List.of(exception), " (and in " + exception + ", since " + why + ")");
        }

        ArchRule onlyIn(String... named) {
            List<String> homes =
                    Stream.concat(Arrays.stream(named), Stream.of(PROCESSES)).toList();
            String[] allowed =
                    Stream.concat(homes.stream(), exceptions.stream()).toArray(String[]::new);
            return noClasses()
                    .that(resideOutsideOfPackages(allowed))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(packages.toArray(String[]::new)))
                    .because("an engine stays behind the door of " + String.join(", ", homes) + reason
                            + ": name an interface in words of the model, and implement it there");
        }
    }
}
