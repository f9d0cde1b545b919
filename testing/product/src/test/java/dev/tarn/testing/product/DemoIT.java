package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command works as it is typed, twice; and so does what the guide types in the lake that it makes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {
    private static final List<String> PAGES = List.of("tables", "sql", "time-travel", "verify", "upkeep");

    @TempDir
    private static Path folder;

    private static Lake lake() {
        return new Lake(folder.resolve("museum"));
    }

    @AfterAll
    static void stop() {
        lake().down();
    }

    @Test
    @Order(1)
    void demoMakesTheMuseumLakeStartsItAndSaysHowToGoOn() {
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
        assertThat(lake().status()).containsEntry("state", "ready");
    }

    @Test
    @Order(2)
    void examplesOfTheGuideAreWhatTheLakeAnswers() throws IOException {
        GuideReader reader = new GuideReader();
        for (String page : PAGES) {
            List<GuideExample> examples = GuideExample.of(Tarn.root().resolve("docs/guide/" + page + ".md"));
            assertThat(examples).as(page).isNotEmpty();
            for (GuideExample example : examples) {
                reader.check(example, lake());
            }
        }
    }

    @Test
    @Order(3)
    void demoCanBeShownAgain() {
        assertThat(new Tarn(folder).run("demo").exitCode()).isZero();
    }
}
