package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.testing.fixtures.DemoLake;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import dev.tarn.testing.gate.FullRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The README's first command works as it is typed, in the full run twice; so does what the guide types in its lake. */
@OnLake(DemoLake.class)
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {
    private static final List<String> PAGES = List.of("tables", "sql", "time-travel", "verify", "upkeep");

    private static Path folder(Lake lake) {
        return lake.directory().resolve("..").normalize();
    }

    @Test
    @Order(1)
    void demoMakesTheMuseumLakeStartsItAndSaysHowToGoOn(Lake lake) throws IOException {
        String out = Files.readString(folder(lake).resolve("demo.out"));
        String err = Files.readString(folder(lake).resolve("demo.err"));

        assertThat(out).contains("postgres", "collect", "registry", "engine");
        // One artist and one artwork as of six moments, the artist's versions, two moments compared, and the proof.
        assertThat(out)
                .containsPattern(
                        "--as-of +artist +artwork +__deleted\n(?:20\\S+Z +Artist .*no. \\d +false\n){5}20.*true")
                .contains("soft-delete", "0 added, 0 removed, 1 changed: name 1")
                .contains("moma.artists: equal at LSN", "moma.artworks_cow: equal at LSN");
        assertThat(err).contains("tarn -C museum status").contains("tarn -C museum down");
        assertThat(lake.status()).containsEntry("state", "ready");
    }

    @Test
    @Order(2)
    void examplesOfTheGuideAreWhatTheLakeAnswers(Lake lake) throws IOException {
        GuideReader reader = new GuideReader();
        for (String page : PAGES) {
            List<GuideExample> examples = GuideExample.of(Tarn.root().resolve("docs/guide/" + page + ".md"));
            assertThat(examples).as(page).isNotEmpty();
            for (GuideExample example : examples) {
                reader.check(example, lake);
            }
        }
    }

    @Test
    @Order(3)
    @FullRun
    void demoCanBeShownAgain(Lake lake) {
        assertThat(new Tarn(folder(lake)).run("demo").exitCode()).isZero();
    }
}
