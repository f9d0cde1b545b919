package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.LakeRunner;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The jobs of the example {@code rentals}: as the guide types them on its own sales, and to the cent on
 * real ones. The services run with the flags that users have.
 */
@Order(22)
class RentalsIT {
    private static Path folder = Path.of("");
    private static Lake lake = new Lake(folder);

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("tarn-rentals-").resolve("rentals");
        Lake.create(folder, "rentals");
        lake = new Lake(folder, new Tarn(folder).withUsualFlags());
        lake.up();
    }

    @AfterAll
    static void stop() throws IOException {
        lake.down();
        LakeRunner.delete(folder.resolve(".."));
    }

    @Test
    void examplesOfTheGuideAreWhatTheLakeAnswers() throws IOException {
        GuideReader reader = new GuideReader();
        List<GuideExample> examples = GuideExample.of(Tarn.root().resolve("docs/guide/streams.md"));
        assertThat(examples).isNotEmpty();
        for (GuideExample example : examples) {
            reader.check(example, lake);
        }
    }

    @Test
    void jobsOnRealSalesAreExactToTheCent() throws IOException {
        assumeTrue(Sales.data().isPresent(), "the sales are not on this machine");
        Path data = Sales.data().orElseThrow();
        Files.copy(data.resolve("sales_regions.csv"), folder.resolve("data/real_regions.csv"));
        // The same streams, on topics of their own.
        try (Stream<Path> streams = Files.list(folder.resolve("streams"))) {
            for (Path stream : streams.toList()) {
                String name = String.valueOf(stream.getFileName());
                for (String topics : List.of("seed", "small")) {
                    Files.writeString(
                            folder.resolve("streams/" + topics + "_" + name),
                            Files.readString(stream)
                                    .replace("topic: sales", "topic: " + topics + ".sales")
                                    .replace("data/sales_regions.csv", "data/real_regions.csv"));
                }
            }
        }
        replay(data.resolve("sales_seed.csv"), "seed.sales");
        replay(data.resolve("sales_incremental_small.csv"), "small.sales");
        List<String> byCountry = Sales.expected("expected_sales_by_country.csv");
        List<String> windows = Sales.expected("expected_windows_small_750ms.csv");

        assertThat(batch("seed_by_country")).containsExactlyInAnyOrderElementsOf(byCountry);
        assertThat(stream("seed_by_country")).containsExactlyInAnyOrderElementsOf(byCountry);

        stream("seed_country_totals");
        assertThat(batch("seed_totals_latest")).containsExactlyInAnyOrderElementsOf(byCountry);

        stream("small_summary");
        assertThat(batch("small_summary")).containsExactlyInAnyOrderElementsOf(windows);
        assertThat(batch("small_summary_latest")).containsExactlyInAnyOrderElementsOf(windows);
        assertThat(batch("small_by_region")).containsExactlyInAnyOrderElementsOf(stream("small_by_region"));
        assertThat(sum(batch("small_by_region"))).isEqualTo(600);
        // Every event is in two windows of ten minutes that slide by five.
        assertThat(sum(batch("small_by_country_window"))).isEqualTo(1200);
        assertThat(sum(stream("small_by_country_window"))).isEqualTo(1200);
    }

    private static long sum(List<String> rows) {
        return rows.stream()
                .mapToLong(row -> Long.parseLong(row.substring(row.lastIndexOf(',') + 1)))
                .sum();
    }

    private static void replay(Path file, String topic) {
        ok(
                "replay",
                file.toString(),
                "--topic",
                topic,
                "--schema",
                "sales-value",
                "--key",
                "country",
                "--start",
                "2021-09-08T00:00:00Z",
                "--step",
                "750ms");
    }

    private static List<String> batch(String name) {
        return rows(ok("stream", "run", name, "--batch", "--output", "csv"));
    }

    private static List<String> stream(String name) {
        return rows(ok("stream", "run", name, "--until-caught-up", "--output", "csv"));
    }

    private static List<String> rows(Tarn.Result result) {
        return result.out().lines().skip(1).toList();
    }

    private static Tarn.Result ok(String... words) {
        Tarn.Result result = lake.run(words);
        assertThat(result.exitCode())
                .as(() -> String.join(" ", words) + "\n" + result.err() + result.out())
                .isZero();
        return result;
    }
}
