package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.Tarn;
import dev.tarn.testing.gate.FullRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake runs on the newest JDK of this machine that is newer than the one that built it: {@code -Dtarn.other-jdk=FOLDER}
 * names it, or it stands where Linux has its JDKs.
 */
@FullRun
@Order(30)
class OtherJdkIT {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");
    /** The newest that Spark runs on. */
    private static final int NEWEST = 25;

    @TempDir
    private Path folder;

    @Test
    void demoIsTheSameOnTheNewestJdk() throws IOException {
        Optional<Path> jdk = otherJdk();
        assumeTrue(
                jdk.isPresent(),
                "skipped: this machine has no JDK newer than "
                        + Runtime.version().feature() + " and up to " + NEWEST + "; -Dtarn.other-jdk=FOLDER names one");
        String home = jdk.orElseThrow().toString();
        Lake lake = new Lake(folder.resolve("museum"), new Tarn(folder.resolve("museum")).with("JAVA_HOME", home));
        try {
            Tarn.Result demo = new Tarn(folder).with("JAVA_HOME", home).run("demo");

            assertThat(demo.exitCode()).as(demo.err() + demo.out()).isZero();
            assertThat(demo.out())
                    .contains("0 added, 0 removed, 1 changed: name 1")
                    .contains("moma.artists: equal at LSN", "moma.artworks_cow: equal at LSN");
            for (String service : List.of("collect", "registry", "engine")) {
                assertThat(Path.of("/proc/" + lake.pid(service) + "/exe").toRealPath())
                        .as(service)
                        .startsWith(Path.of(home).toRealPath());
            }
        } finally {
            lake.down();
        }
    }

    private static Optional<Path> otherJdk() throws IOException {
        String named = System.getProperty("tarn.other-jdk");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(jdk -> Files.isExecutable(jdk.resolve("bin/javac")))
                    .filter(jdk -> feature(jdk) > Runtime.version().feature() && feature(jdk) <= NEWEST)
                    .max(Comparator.comparingInt(OtherJdkIT::feature));
        }
    }

    /** The version of a JDK, from the file that each has; 0 if it does not tell. */
    private static int feature(Path jdk) {
        try {
            Matcher version = VERSION.matcher(Files.readString(jdk.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
