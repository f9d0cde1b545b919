package dev.tarn.testing.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkout with two modules, of whose tests there are notes. */
class GateReportTest {
    private static final String PAGE =
            "| date | commit | JDK | tests | seconds of each module's tests |\n| --- | --- | --- | --- | --- |\n";

    @TempDir
    private Path root;

    @BeforeEach
    void makeCheckout() throws IOException {
        Files.writeString(root.resolve("pom.xml"), "<module>services</module><module>testing/product</module>");
        module("services", "tarn-services");
        module("testing/product", "tarn-product");
    }

    private void module(String folder, String artifact) throws IOException {
        Files.createDirectories(root.resolve(folder).resolve("src/test/java"));
        Files.writeString(
                Files.createDirectories(root.resolve(folder)).resolve("pom.xml"),
                "<parent><artifactId>tarn</artifactId></parent><artifactId>" + artifact + "</artifactId>");
    }

    private void notes(String run, String file, String... lines) throws IOException {
        Files.write(
                Files.createDirectories(root.resolve("target/test-times").resolve(run))
                        .resolve(file),
                List.of(lines));
    }

    private static String note(String kind, String module, String type, String test, long seconds, String rest) {
        return String.join(
                "\t",
                kind,
                module,
                type.isEmpty() ? "" : "dev.tarn." + type,
                test,
                "1000000",
                Long.toString(1_000_000 + seconds * 1_000),
                "70000",
                Long.toString(seconds * 500),
                rest);
    }

    private String failureReport() throws IOException {
        return new FailureReport(TestRun.newest(root.resolve("target/test-times")), root).text();
    }

    @Test
    void slowestClassesAndModulesOfTheNewestRunAreTold() throws IOException {
        notes("20261101T000000Z", "tarn-services-1.tsv", note("CLASS", "tarn-services", "OldTest", "", 99, "PASSED\t"));
        notes(
                "20261102T000000Z",
                "tarn-services-1.tsv",
                note("TEST", "tarn-services", "PortsTest", "one", 1, "PASSED\t"),
                note("TEST", "tarn-services", "PortsTest$Inner", "two", 1, "PASSED\t"),
                note("TEST", "tarn-services", "PortsTest", "three", 0, "SKIPPED\tno need"),
                note("CLASS", "tarn-services", "PortsTest", "", 3, "PASSED\t"),
                note("PLAN", "tarn-services", "", "", 5, "PASSED\t"));
        notes(
                "20261102T000000Z",
                "tarn-product-2.tsv",
                note("CLASS", "tarn-product", "DemoIT", "", 40, "PASSED\t"),
                note("PLAN", "tarn-product", "", "", 60, "PASSED\t"),
                "CLASS\tcut");

        GateReport.main(new String[] {root.toString()});

        assertThat(Files.readString(root.resolve("target/test-times.txt")))
                .containsSubsequence(
                        "    40.0     20.0      0  DemoIT (tarn-product)\n",
                        "     3.0      1.5      2  PortsTest (tarn-services)\n",
                        "    60.0     30.0      0  tarn-product\n",
                        "     5.0      2.5      2  tarn-services\n",
                        "No full run is on record: ./mvnw verify -Pfull")
                .doesNotContain("OldTest");
    }

    @Test
    void gateThatIsTooSlowWarns() {
        assertThat(GateReport.budget(1_499, 0.2)).isEqualTo("The gate took 24 min 59 s; its limit is 25 min.\n");
        assertThat(GateReport.budget(1_501, 0.2))
                .startsWith("WARNING: The gate took 25 min 1 s; its limit is 25 min. Move ");
        assertThat(GateReport.budget(1_501, 2.5))
                .isEqualTo("The gate took 25 min 1 s; its limit is 30 min at a load of 2.5.\n");
        assertThat(GateReport.budget(0, 0)).isEmpty();
    }

    @Test
    void failedTestsAreNamedWithTheCommandThatRunsThem() throws IOException {
        notes(
                "20261102T000000Z",
                "a.tsv",
                note("TEST", "tarn-services", "PortsTest", "taken", 1, "FAILED\tExpecting 1 to be 2"),
                note("TEST", "tarn-services", "PortsTest", "all [1] x", 1, "FAILED\tfailed"),
                note("CLASS", "tarn-services", "PortsTest", "", 3, "PASSED\t"),
                note("CLASS", "tarn-product", "DemoIT", "", 1, "FAILED\tin the set-up"),
                note("STARTED", "tarn-product", "DyingIT", "", 0, "PASSED\t"));

        assertThat(failureReport()).isEqualTo("""

            FAILED: 4 tests.
              DyingIT: the JVM ended in it, or was ended
                run just that: make program && ./mvnw verify -Das-built -pl testing/gate,testing/fixtures,testing/product -Dit.test=DyingIT
              PortsTest.taken: Expecting 1 to be 2
                run just that: ./mvnw test -pl services -am -Dtest=PortsTest#taken -Dsurefire.failIfNoSpecifiedTests=false
              PortsTest.all [1] x: failed
                run just that: ./mvnw test -pl services -am -Dtest=PortsTest#all -Dsurefire.failIfNoSpecifiedTests=false
              … and 1 more, in target/test-failures.txt
            """);
        assertThat(Files.readString(root.resolve("target/test-failures.txt")))
                .contains("DyingIT: ", "PortsTest.all [1] x: failed\n", "DemoIT: in the set-up\n");
    }

    @Test
    void classOfProductTestsIsRunWholeSinceItsTestsGoOnFromEachOther() throws IOException {
        notes("20261102T000000Z", "a.tsv", note("TEST", "tarn-product", "VerifyIT", "repaired", 1, "FAILED\tno"));

        assertThat(failureReport())
                .contains("VerifyIT.repaired: no\n")
                .contains("-Dit.test=VerifyIT\n")
                .doesNotContain("#");
    }

    @Test
    void notesThatAreNoneAreLeftOut() throws IOException {
        notes(
                "20261102T000000Z",
                "a.tsv",
                "TEST\ttarn-services\tPortsTest\tone\tx\t1\t1\t1\tFAILED\tno number",
                "ELSE\ttarn-services\tPortsTest\tone\t1\t1\t1\t1\tFAILED\tno kind",
                "\0\0\0",
                note("TEST", "tarn-services", "PortsTest", "taken", 1, "FAILED\tExpecting 1 to be 2"));

        assertThat(failureReport()).contains("FAILED: 1 test.\n  PortsTest.taken: Expecting 1 to be 2\n");
    }

    @Test
    void classInWhichTheJvmEndedIsNamed() throws IOException {
        notes("20261102T000000Z", "a.tsv", note("STARTED", "tarn-product", "DyingIT", "", 0, "PASSED\t"));

        assertThat(failureReport()).contains("FAILED: 1 test.\n  DyingIT: the JVM ended in it, or was ended\n");
    }

    @Test
    void goalThatFailedBeforeTheTestsIsNamed() throws IOException {
        Path log = Files.createDirectories(root.resolve("target")).resolve("gate.log");
        Files.writeString(
                log,
                "[ERROR] Failed to execute goal com.diffplug.spotless:spotless-maven-plugin:3.11.0:check (format) on"
                        + " project tarn-services: The following files had format violations\n");

        assertThat(failureReport())
                .isEqualTo(
                        "\nFAILED: com.diffplug.spotless:spotless-maven-plugin:3.11.0:check of services: The following"
                                + " files had format violations\n"
                                + "    run just that: ./mvnw verify -DskipTests -am -pl services\n");
        Files.writeString(
                log,
                "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-failsafe-plugin:3.6.1:verify (default) on"
                        + " project tarn-product: The forked VM terminated\n");
        assertThat(failureReport())
                .contains("run just that: make program && ./mvnw verify -Das-built"
                        + " -pl testing/gate,testing/fixtures,testing/product\n");
        Files.writeString(
                log,
                "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.16.0:testCompile (x) on"
                        + " project tarn-services: Compilation failure\n");
        assertThat(failureReport()).contains("run just that: ./mvnw verify -DskipTests -am -pl services\n");
        Files.writeString(
                log, "[ERROR] Failed to execute goal on project tarn-services: Could not resolve dependencies\n");
        assertThat(failureReport()).contains("FAILED: what it needs of services: Could not resolve dependencies\n");
        Files.writeString(log, "[ERROR] Unknown lifecycle phase\n");
        assertThat(failureReport()).contains("FAILED: [ERROR] Unknown lifecycle phase The whole log is");
        Files.writeString(log, "no such file\n");
        assertThat(failureReport()).contains("The whole log is target/gate.log");
    }

    @Test
    void fullRunIsKeptWithDateCommitJdkAndSecondsAndItsAgeIsCounted() throws Exception {
        assumeTrue(hasGit(), "skipped: this machine has no git");
        git("init", "-q");
        git("commit", "-q", "--allow-empty", "-m", "first");
        notes(
                "20261102T000000Z",
                "a.tsv",
                note("TEST", "tarn-services", "PortsTest", "one", 1, "PASSED\t"),
                note("PLAN", "tarn-services", "", "", 5, "PASSED\t"),
                note("PLAN", "tarn-product", "", "", 61, "PASSED\t"));
        Path page = Files.createDirectories(root.resolve("docs")).resolve("full-runs.md");
        Files.writeString(page, PAGE);
        FullRuns runs = new FullRuns(root);
        assertThat(runs.age()).isEqualTo("No full run is on record: ./mvnw verify -Pfull");

        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        try {
            runs.append(
                    TestRun.newest(root.resolve("target/test-times")),
                    Clock.fixed(Instant.parse("2026-11-30T10:00:00Z"), ZoneOffset.UTC));
        } finally {
            System.setOut(out);
        }

        assertThat(Files.readString(page))
                .startsWith(PAGE + "| 2026-11-30 | ")
                .endsWith(" | " + Runtime.version() + " | 1 | services 5, product 61 |\n");
        git("commit", "-q", "--allow-empty", "-m", "second");
        assertThat(runs.age())
                .startsWith("The last full run, of 2026-11-30, is of commit ")
                .endsWith(": 1 commit ago.");
    }

    @Test
    void runOfSomeModulesIsNotKept() throws IOException {
        notes("20261102T000000Z", "a.tsv", note("PLAN", "tarn-services", "", "", 5, "PASSED\t"));
        Path page = Files.createDirectories(root.resolve("docs")).resolve("full-runs.md");
        Files.writeString(page, PAGE);

        new FullRuns(root).append(TestRun.newest(root.resolve("target/test-times")), Clock.systemUTC());

        assertThat(Files.readString(page)).isEqualTo(PAGE);
    }

    @Test
    void runWithAFailureIsNotKept() throws IOException {
        notes(
                "20261102T000000Z",
                "a.tsv",
                note("TEST", "tarn-services", "PortsTest", "one", 1, "FAILED\tno"),
                note("PLAN", "tarn-services", "", "", 5, "PASSED\t"),
                note("PLAN", "tarn-product", "", "", 61, "PASSED\t"));
        Path page = Files.createDirectories(root.resolve("docs")).resolve("full-runs.md");
        Files.writeString(page, PAGE);

        new FullRuns(root).append(TestRun.newest(root.resolve("target/test-times")), Clock.systemUTC());

        assertThat(Files.readString(page)).isEqualTo(PAGE);
    }

    private static boolean hasGit() throws InterruptedException {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-C",
                root.toString(),
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@localhost",
                "-c",
                "commit.gpgsign=false"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        assertThat(builder.start().waitFor()).isZero();
    }

    @Test
    void busyTimeLeavesOutIdleWaitingAndStolenTime() {
        assertThat(MachineTime.busyMillis(List.of("cpu  100 20 30 9999 888 5 6 777 50 0", "cpu0 1 1 1 1")))
                .isEqualTo(1_610);
        assertThat(MachineTime.busyMillis()).isNotZero();
    }
}
