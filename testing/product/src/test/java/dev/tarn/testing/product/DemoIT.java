package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.Tarn;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command works as it is typed, twice. */
class DemoIT {
    @TempDir
    private Path folder;

    @Test
    void demoMakesTheMuseumLakeStartsItAndSaysHowToGoOn() {
        Lake lake = new Lake(folder.resolve("museum"));
        try {
            Tarn.Result first = new Tarn(folder).run("demo");

            assertThat(first.exitCode()).as(first.err()).isZero();
            assertThat(first.out()).contains("postgres", "collect", "registry", "engine");
            // One artist and one artwork as of six moments, the artist's versions, two moments compared, and the proof.
            assertThat(first.out())
                    .containsPattern(
                            "--as-of +artist +artwork +__deleted\n(?:20\\S+Z +Artist .*no. \\d +false\n){5}20.*true")
                    .contains("soft-delete", "0 added, 0 removed, 1 changed: name 1")
                    .contains("moma.artists: equal at LSN", "moma.artworks_cow: equal at LSN");
            assertThat(first.err()).contains("tarn -C museum status").contains("tarn -C museum down");
            assertThat(lake.status()).containsEntry("state", "ready");
            assertThat(new Tarn(folder).run("demo").exitCode()).isZero();
        } finally {
            lake.down();
        }
    }
}
