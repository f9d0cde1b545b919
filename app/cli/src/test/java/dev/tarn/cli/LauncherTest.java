package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code tarn} in a checkout of fakes: a Java that prints its arguments, and a Maven that prints modules. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../../tarn").toAbsolutePath().normalize();
    private static final String NO_COMMANDS = "/nonexistent";

    @TempDir
    private Path directory;

    private Path checkout = Path.of("");
    private Path launcher = Path.of("");
    private Path home = Path.of("");

    @BeforeEach
    void createCheckout() throws IOException {
        directory = directory.toRealPath();
        checkout = Files.createDirectories(directory.resolve("check out"));
        launcher = checkout.resolve("tarn");
        Files.copy(LAUNCHER, launcher);
        home = checkout.resolve("target/tarn");
    }

    @Test
    void tooOldJdkIsRefused() throws IOException {
        Path jdk = createJdk("jdk 11", "11.0.2");

        assertThat(run(Map.of("JAVA_HOME", jdk.toString())))
                .isEqualTo(new Result(
                        2,
                        "",
                        "Cannot start tarn: JAVA_HOME is " + jdk
                                + ", a JDK 11. Install a JDK 17 or newer, or point JAVA_HOME at one. [JDK_TOO_OLD]\n"));
    }

    @Test
    void programInAPathWithAColonIsRefused() throws IOException {
        Path odd = Files.createDirectories(directory.resolve("a:b"));
        Files.copy(LAUNCHER, odd.resolve("tarn"));
        launcher = odd.resolve("tarn");

        assertThat(run(Map.of()))
                .isEqualTo(new Result(
                        2,
                        "",
                        "Cannot start tarn: there is a ':' in its path '" + odd + "/target/tarn', and Java takes it for"
                                + " the end of a path. Move it to a path without one. [PATH]\n"));
    }

    @Test
    void oldStyleVersionIsUnderstood() throws IOException {
        Path jdk = createJdk("jdk8", "1.8.0_292");

        assertThat(run(Map.of("PATH", jdk.resolve("bin") + ":" + System.getenv("PATH"))))
                .isEqualTo(new Result(
                        2,
                        "",
                        "Cannot start tarn: java on the PATH is " + jdk + "/bin/java, a JDK 8."
                                + " Install a JDK 17 or newer, or point JAVA_HOME at one. [JDK_TOO_OLD]\n"));
    }

    @Test
    void javaWithoutReleaseFileIsAsked() throws IOException {
        Path jdk = createJdk("jdk", "");
        script(jdk.resolve("bin/java"), "echo 'Picked up X' >&2; echo 'openjdk version \"16.0.1\" 2021-04-20' >&2");

        assertThat(run(Map.of("JAVA_HOME", jdk.toString())).err()).contains(jdk + ", a JDK 16. ");
    }

    @Test
    void noJavaAtAllIsSaid() throws IOException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : List.of("readlink", "find", "date", "id", "mkdir")) {
            script(tools.resolve(tool), "exec /usr/bin/" + tool + " \"$@\"");
        }

        assertThat(run(Map.of("PATH", tools.toString())))
                .isEqualTo(new Result(
                        2,
                        "",
                        "Cannot start tarn: there is no Java; JAVA_HOME is not set, and PATH holds"
                                + " no java. Install a JDK 17 or newer, or point JAVA_HOME at one. [JDK_MISSING]\n"));
    }

    @Test
    void javaHomeWithoutJavaIsRefused() {
        assertThat(run(Map.of("JAVA_HOME", NO_COMMANDS)))
                .isEqualTo(new Result(
                        2,
                        "",
                        "Cannot start tarn: JAVA_HOME is /nonexistent, which holds no bin/java."
                                + " Install a JDK 17 or newer, or point JAVA_HOME at one. [JDK_MISSING]\n"));
    }

    @Test
    void commandRunsFromASymbolicLinkInAnyDirectory() throws IOException {
        createProgram(home);
        Path link = Files.createSymbolicLink(directory.resolve("first"), Path.of("check out/tarn"));
        launcher = Files.createSymbolicLink(directory.resolve("second"), link.getFileName());

        Result result = run(Map.of("JAVA_HOME", createJdk("jdk", "17.0.1").toString()), "a b", "*", "--c=d");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .contains("<-Dtarn.home=" + home + ">", "<" + home + "/lib/cli/a.jar:" + home + "/lib/cli/b.jar>")
                .endsWith("<dev.tarn.cli.Main>", "<a b>", "<*>", "<--c=d>")
                .doesNotContain("<-Dtarn.terminal.out=true>");
    }

    @Test
    void otherProgramHomeIsUsedAndNeverBuilt() throws IOException {
        createSources("exit 1");
        Path other = directory.resolve("other");
        Path jdk = createJdk("jdk", "25");

        Result missing = run(Map.of("JAVA_HOME", jdk.toString(), "TARN_HOME", other.toString()));
        assertThat(missing)
                .isEqualTo(new Result(
                        2,
                        "",
                        "Cannot start tarn: " + other + " holds no program. Unset TARN_HOME, or"
                                + " point it at a built target/tarn. [HOME_INCOMPLETE]\n"));

        createProgram(other);
        Result found = run(Map.of("JAVA_HOME", jdk.toString(), "TARN_HOME", other.toString()));
        assertThat(found.out()).contains("<-Dtarn.home=" + other + ">");
    }

    @Test
    void firstCallBuildsAndTheNextOnlyWhenSourcesChange() throws IOException {
        createSources(
                "mkdir -p target/tarn/lib/cli && touch target/tarn/lib/cli/a.jar",
                "echo '[INFO] Building Tarn model 0.1.0-SNAPSHOT      [1/12]'",
                "echo '[INFO] Building Tarn process: engine 0.1.0-SNAPSHOT      [12/12]'",
                "echo \"arguments $*, JAVA_HOME=$JAVA_HOME\"");
        Path jdk = createJdk("jdk", "17");
        script(jdk.resolve("bin/javac"), "");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());

        Result first = run(environment, "status");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err())
                .matches("Building Tarn\\. .*build\\.log\n\\[ 1/12] Tarn model\n\\[12/12] Tarn process: engine\n"
                        + "Built Tarn in \\d+ s\\.\n");
        assertThat(first.out()).contains("<status>");
        assertThat(checkout.resolve("target/build.log"))
                .content()
                .contains("arguments -B -DskipTests -Dlint.skip package, JAVA_HOME=" + jdk);

        assertThat(run(environment).err()).isEmpty();

        Path source = checkout.resolve("model/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run(environment).err()).contains("Building Tarn.");
    }

    @Test
    void slowBuildIsNeverSilent() throws IOException {
        createSources(
                "mkdir -p target/tarn/lib/cli && touch target/tarn/lib/cli/a.jar",
                "echo '[INFO] Building Tarn services 0.1.0-SNAPSHOT      [3/12]'",
                "sleep 4");
        Path jdk = createJdk("jdk", "17");
        script(jdk.resolve("bin/javac"), "");

        assertThat(run(Map.of("JAVA_HOME", jdk.toString())).err())
                .containsPattern(
                        "\\[ 3/12] Tarn services\n(still building: Tarn services, \\d+ s\n)+Built Tarn in \\d+ s");
    }

    @Test
    void failedBuildShowsItsErrorsAndTheLog() throws IOException {
        createSources("echo '[INFO] fine'", "echo '[ERROR] A.java:[1,2] cannot find symbol'", "exit 1");
        Path jdk = createJdk("jdk", "17");
        script(jdk.resolve("bin/javac"), "");

        Result result = run(Map.of("JAVA_HOME", jdk.toString()));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .endsWith("[ERROR] A.java:[1,2] cannot find symbol\nCannot build tarn: Maven failed. The whole log is "
                        + checkout.resolve("target/build.log") + " [BUILD_FAILED]\n")
                .doesNotContain("fine");
        assertThat(home.resolve(".building")).doesNotExist();
        assertThat(home.resolve(".built")).doesNotExist();
    }

    @Test
    void buildNeedsACompiler() throws IOException {
        createSources("exit 1");
        Path jre = createJdk("jre", "17");

        assertThat(run(Map.of("JAVA_HOME", jre.toString())))
                .isEqualTo(new Result(
                        2,
                        "",
                        "Cannot build tarn: JAVA_HOME is " + jre + ", a Java 17 without a compiler."
                                + " Install a JDK 17 or newer, or point JAVA_HOME at one. [JDK_MISSING]\n"));
    }

    @Test
    void checkoutThatCannotBeWrittenIsNamed() throws IOException {
        createSources("exit 1");
        Files.writeString(checkout.resolve("target"), "a file where a directory should be");
        Path jdk = createJdk("jdk", "17");
        script(jdk.resolve("bin/javac"), "");

        Result result = run(Map.of("JAVA_HOME", jdk.toString()));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("Cannot build tarn: user ")
                .endsWith(" cannot write to " + home + ". Make it writable, or run tarn as its owner."
                        + " [NOT_WRITABLE]\n");
    }

    @Test
    void lockOfAKilledBuildIsTakenOver() throws IOException {
        createSources("mkdir -p target/tarn/lib/cli && touch target/tarn/lib/cli/a.jar");
        Path jdk = createJdk("jdk", "17");
        script(jdk.resolve("bin/javac"), "");
        Files.createDirectories(home.resolve(".building"));

        assertThat(run(Map.of("JAVA_HOME", jdk.toString())).err()).contains("Built Tarn in ");
    }

    @Test
    void classDataArchiveIsMadeOnceForAJdk() throws IOException {
        createProgram(home);
        Path jdk = createJdk("jdk", "17.0.1");
        script(
                jdk.resolve("bin/java"),
                "for a; do case $a in -XX:ArchiveClassesAtExit=*) echo x >\"${a#*=}\"; exit;; esac; done",
                "printf '<%s>\\n' \"$@\"");
        Path archive = home.resolve("cds/cli-17.0.1.jsa");

        assertThat(run(Map.of("JAVA_HOME", jdk.toString())).out()).contains("<-XX:SharedArchiveFile=" + archive + ">");
        FileTime made = Files.getLastModifiedTime(archive);
        run(Map.of("JAVA_HOME", jdk.toString()));
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
        Files.setLastModifiedTime(
                home.resolve("lib/cli/b.jar"), FileTime.from(Instant.now().plusSeconds(2)));
        run(Map.of("JAVA_HOME", jdk.toString()));
        assertThat(Files.getLastModifiedTime(archive)).isGreaterThan(made);
    }

    private void createSources(String... maven) throws IOException {
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.createDirectories(checkout.resolve("model/src/main/java"));
        Files.writeString(checkout.resolve("model/src/main/java/A.java"), "");
        script(checkout.resolve("mvnw"), maven);
    }

    private static void createProgram(Path home) throws IOException {
        Files.createDirectories(home.resolve("lib/cli"));
        for (String jar : List.of("b.jar", "a.jar")) {
            Path file = Files.writeString(home.resolve("lib/cli").resolve(jar), "");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    private Path createJdk(String name, String version) throws IOException {
        Path jdk = directory.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        if (!version.isEmpty()) {
            Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"");
        }
        script(jdk.resolve("bin/java"), "printf '<%s>\\n' \"$@\"");
        return jdk;
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(Map<String, String> environment, String... args) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(args));
        try {
            Path out = directory.resolve("out");
            Path err = directory.resolve("err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeAll(List.of("JAVA_HOME", "TARN_HOME"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            await().until(() -> !process.isAlive());
            return new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record Result(int exitCode, String out, String err) {}
}
