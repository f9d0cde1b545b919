package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.MuseumLake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tables are looked after from the command, and told beforehand what that would do. */
@OnLake(MuseumLake.class)
@Order(7)
class UpkeepIT {
    @Test
    void dryRunsChangeNothingAndTheThingItselfDoesWhatTheySaid(Lake lake) throws Exception {
        Database.execute(lake, Database.MUSEUM + """
                TRUNCATE artists, artworks;
                INSERT INTO artworks (artwork_id, title, classification)
                    SELECT i, 'Work ' || i, 'Kind ' || i % 2 FROM generate_series(1, 100) i;
                """);
        for (int round = 1; round <= 4; round++) {
            changeTitles(lake, "Round " + round);
        }
        Map<String, Object> stats = object(lake, "table", "stats", "artworks");
        assertThat(map(stats, "logs").get("files")).isNotEqualTo(0);
        assertThat(map(stats, "writing").get("amplification"))
                .isInstanceOfSatisfying(
                        Number.class, number -> assertThat(number.doubleValue()).isGreaterThanOrEqualTo(1.0));

        String kept = instants(lake).get(0);
        assertThat(lake.run("table", "savepoint", "artworks", kept, "--note", "before the clean")
                        .out())
                .contains("has a savepoint, instant " + kept);
        assertThat(lake.run("table", "savepoint", "artworks", kept).err()).contains(kept);
        assertThat(lake.run("table", "savepoints", "artworks").out()).contains(kept, "before the clean");

        Map<Path, Long> before = files(lake);
        Map<String, Object> plan = object(lake, "table", "compact", "artworks", "--dry-run");
        Map<String, Object> clean = object(lake, "table", "clean", "artworks", "--keep-commits", "1", "--dry-run");
        assertThat(files(lake)).isEqualTo(before);
        assertThat(((Number) plan.getOrDefault("logs", 0)).longValue()).isPositive();
        assertThat(clean).containsEntry("dryRun", true).containsKey("filesRemoved");

        assertThat(lake.run("table", "compact", "artworks").exitCode()).isZero();
        assertThat(map(object(lake, "table", "stats", "artworks"), "logs").get("files"))
                .isEqualTo(0);
        // A clean keeps what readers of the oldest kept commit need, so one must follow the compaction.
        changeTitles(lake, "Round 5");
        // Tests before this one may have left more of the past than the savepoint holds.
        lake.run("table", "clean", "artworks", "--keep-commits", "1");
        Tarn.Result held = lake.run("table", "clean", "artworks", "--keep-commits", "1");
        assertThat(held.exitCode()).isEqualTo(2);
        assertThat(held.err()).contains("is held by savepoints: " + kept);

        Tarn.Result rollback = lake.run("table", "rollback", "artworks", "--to", kept);
        assertThat(rollback.exitCode()).isEqualTo(2);
        assertThat(rollback.err()).contains("Cannot roll back table 'moma.artworks': it mirrors moma: public.artworks");
        assertThat(lake.run("table", "cluster", "artworks").exitCode()).isEqualTo(2);
        assertThat(lake.run("table", "savepoint", "artworks", kept, "--delete").exitCode())
                .isZero();
        // Without the savepoint, what compaction has folded goes.
        Map<String, Object> cleaned = object(lake, "table", "clean", "artworks", "--keep-commits", "1");
        assertThat(cleaned).containsEntry("done", true);
        assertThat(((Number) cleaned.getOrDefault("filesRemoved", 0)).longValue())
                .isPositive();
        assertThat(lake.run("sql", "SELECT count(*) AS n FROM moma.artworks", "--output", "csv")
                        .out())
                .isEqualTo("n\n100\n");
    }

    /** Changes half of the rows, and waits until the table shows it. */
    private static void changeTitles(Lake lake, String title) throws Exception {
        Database.execute(lake, "UPDATE artworks SET title = '" + title + "' WHERE artwork_id <= 50");
        await().atMost(Duration.ofMinutes(4))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(object(
                                        lake,
                                        "sql",
                                        "SELECT count(*) AS n FROM moma.artworks WHERE title = '" + title + "'")
                                .toString())
                        .contains("n=50"));
    }

    /** The instants of the commits of artworks, newest first. */
    private static List<String> instants(Lake lake) {
        return lake.run("table", "timeline", "artworks", "--output", "csv")
                .out()
                .lines()
                .filter(line -> line.contains(",deltacommit,upsert,completed,"))
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    /** The table's data files with their sizes; the timeline and requests are another matter. */
    private static Map<Path, Long> files(Lake lake) throws IOException {
        Map<Path, Long> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(lake.directory().resolve(".tarn/storage/moma/artworks"))) {
            for (Path file : walk.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().contains(".hoodie/"))
                    .toList()) {
                files.put(file, Files.size(file));
            }
        }
        return files;
    }

    /** What a command answers as JSON; the first object of a list. */
    private static Map<String, Object> object(Lake lake, String... words) throws IOException {
        String[] all =
                Stream.concat(Stream.of(words), Stream.of("--output", "json")).toArray(String[]::new);
        Tarn.Result result = lake.run(all);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().stripLeading().startsWith("[")
                ? JSON.std.mapFrom(
                        JSON.std.asString(JSON.std.listFrom(result.out()).get(0)))
                : JSON.std.mapFrom(result.out());
    }

    private static Map<?, ?> map(Map<String, Object> answer, String field) {
        return answer.get(field) instanceof Map<?, ?> map ? map : Map.of();
    }
}
