package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.LakeRunner;
import dev.tarn.testing.fixtures.Tarn;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A user who owns nothing but the lake can run it, from a program that root has built and that he cannot write to. */
@Order(25)
class NormalUserIT {
    private static final int USER = 65534;
    private static final List<String> AS_USER =
            List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups");

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolderOfTheUser() throws Exception {
        Tarn root = new Tarn(Path.of("/"));
        assumeTrue(
                root.runProgram(List.of("sh", "-c", "[ $(id -u) = 0 ]")).exitCode() == 0,
                "skipped: only root can become another user; the other tests have run as a normal one");
        assumeTrue(
                root.runProgram(List.of("sh", "-c", "command -v setpriv")).exitCode() == 0,
                "skipped: this machine has no setpriv (Debian: apt install util-linux)");
        assumeTrue(
                mayRead(Tarn.root().resolve("tarn")) && mayRead(Tarn.root().resolve("target/tarn/lib/cli")),
                "skipped: user " + USER + " cannot read the checkout in " + Tarn.root());
        folder = Files.createTempDirectory("tarn-normal-user-");
        Files.setAttribute(folder, "unix:uid", USER);
        Files.setAttribute(folder, "unix:gid", USER);
    }

    @AfterEach
    void deleteFolder() throws Exception {
        if (!folder.toString().isEmpty()) {
            LakeRunner.delete(folder);
        }
    }

    @Test
    void lakeStartsAndStopsAsTheUserWhoOwnsIt() throws Exception {
        Path directory = folder.resolve("museum");
        assertThat(tarn(folder)
                        .run("init", directory.toString(), "--example", "museum")
                        .exitCode())
                .isZero();
        Files.writeString(directory.resolve("lake.yaml"), "\nengine: none\n", StandardOpenOption.APPEND);
        Lake lake = new Lake(directory, tarn(directory));
        try {
            lake.up();

            for (String name : List.of("postgres", "collect", "registry")) {
                assertThat(lake.service(name)).containsEntry("state", "healthy");
                assertThat(Files.getAttribute(Path.of("/proc/" + lake.pid(name)), "unix:uid"))
                        .as("user of %s", name)
                        .isEqualTo(USER);
            }
        } finally {
            lake.down();
        }
        assertThat(directory.resolve(".tarn/postgres/PG_VERSION")).exists();
        // No class-data archive, no unpacked PostgreSQL: what he cannot keep there, he does without.
        assertThat(filesOfTheUser(Tarn.root().resolve("target/tarn"))).isEmpty();
    }

    private static Tarn tarn(Path directory) {
        return new Tarn(directory).through(AS_USER).with("HOME", directory.toString());
    }

    private static boolean mayRead(Path path) {
        List<String> command = new ArrayList<>(AS_USER);
        command.addAll(List.of("test", "-r", path.toString(), "-a", "-x", path.toString()));
        return new Tarn(Path.of("/")).runProgram(command).exitCode() == 0;
    }

    private static List<Path> filesOfTheUser(Path home) throws Exception {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws java.io.IOException {
                if (Files.getAttribute(file, "unix:uid").equals(USER)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
