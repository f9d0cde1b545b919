package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.LakeRunner;
import dev.tarn.testing.fixtures.MuseumLake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What streams write to files, and what becomes of events that come late or twice: visits of a museum's rooms. */
@OnLake(MuseumLake.class)
@Order(6)
class StreamOutputsIT {
    private static final String SCHEMA = """
            {"type": "record", "name": "visit", "fields": [
              {"name": "id", "type": "long"},
              {"name": "room", "type": "string"},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "fee", "type": {"type": "bytes", "logicalType": "decimal", "precision": 7, "scale": 2}}]}
            """;

    @TempDir
    private Path folder;

    private final Lake lake;

    StreamOutputsIT(Lake lake) {
        this.lake = lake;
    }

    @BeforeAll
    static void writeSchema(Lake lake) throws IOException {
        Path schemas = Files.createDirectories(lake.directory().resolve("schemas"));
        Files.writeString(schemas.resolve("visit.avsc"), SCHEMA);
        Files.createDirectories(lake.directory().resolve("streams"));
    }

    @AfterAll
    static void leaveTheLakeAsItWas(Lake lake) throws IOException {
        for (String each : List.of("schemas", "streams", "visits")) {
            if (Files.exists(lake.directory().resolve(each))) {
                LakeRunner.delete(lake.directory().resolve(each));
            }
        }
    }

    @Test
    void filesOfAllBatchesTogetherHaveEachRowOnce() throws Exception {
        for (String format : List.of("csv", "parquet")) {
            stream("to_" + format, """
                    inputs: {visits: {topic: visits.%1$s}}
                    sql: SELECT id, room, fee FROM visits
                    output: {files: visits/%1$s, format: %1$s}
                    """.formatted(format));
            replay(
                    "visits." + format,
                    "1,Gauguin,2026-03-01T10:00:00Z,12.50",
                    "2,\"Rooms, new\",2026-03-01T10:01:00Z,0.10");
            ok("stream", "run", "to_" + format, "--until-caught-up");
            replay("visits." + format, "3,Vermeer,2026-03-01T10:02:00Z,99999.99");
            ok("stream", "run", "to_" + format, "--until-caught-up");
        }

        assertThat(files("csv"))
                .hasSize(2)
                .allSatisfy(file -> assertThat(Files.readAllLines(file)).first().isEqualTo("id,room,fee"));
        assertThat(csvRows())
                .containsExactlyInAnyOrder("1,Gauguin,12.50", "2,\"Rooms, new\",0.10", "3,Vermeer,99999.99");
        assertThat(files("parquet")).hasSize(2);
        String parquet = "parquet.`" + lake.directory().resolve("visits/parquet") + "/*`";
        assertThat(csv("SELECT id, room, fee, typeof(fee) AS type FROM " + parquet + " ORDER BY id"))
                .containsExactly(
                        "1,Gauguin,12.50,\"decimal(7,2)\"",
                        "2,\"Rooms, new\",0.10,\"decimal(7,2)\"",
                        "3,Vermeer,99999.99,\"decimal(7,2)\"");
    }

    @Test
    void filesOfModeCompleteAreTheLastResult() throws Exception {
        stream("sums", """
                inputs: {visits: {topic: visits.sums}}
                sql: SELECT room, sum(fee) AS fees FROM visits GROUP BY room
                output: {files: visits/sums, format: csv}
                mode: complete
                """);
        replay("visits.sums", "1,Gauguin,2026-03-01T10:00:00Z,1.10", "2,Vermeer,2026-03-01T10:00:00Z,5.00");
        ok("stream", "run", "sums", "--until-caught-up");
        replay("visits.sums", "3,Gauguin,2026-03-01T10:00:00Z,2.20");
        ok("stream", "run", "sums", "--until-caught-up");

        List<String> rows = new ArrayList<>();
        for (Path file : files("sums")) {
            List<String> lines = Files.readAllLines(file);
            rows.addAll(lines.subList(1, lines.size()));
        }
        assertThat(rows).containsExactlyInAnyOrder("Gauguin,3.30", "Vermeer,5.00");
    }

    @Test
    void eventLaterThanTheWatermarkOfItsColumnIsLeftOutAndCounted() throws Exception {
        stream("by_room", """
                inputs: {visits: {topic: visits.late, time: at, watermark: 10 min}}
                sql: |
                  SELECT date_format(window.start, 'HH:mm') AS begin, room, count(*) AS visits
                  FROM visits GROUP BY window(at, '10 minutes'), room
                output: {table: visits.by_room, key: [begin, room]}
                mode: update
                trigger: 200 ms
                """);
        // By the time of their records, which is now, none would be late.
        replay("visits.late", "1,Gauguin,2026-03-01T10:00:00Z,1.00", "2,Gauguin,2026-03-01T11:00:00Z,1.00");
        ok("stream", "start", "by_room");
        eventually(() -> assertThat(shown("by_room"))
                .containsEntry("watermark", "2026-03-01T10:50:00.000Z")
                .containsEntry("late", 0));

        // Two of one room and window in one batch count as one; that of another room is another. What is there when a
        // stream starts is one batch.
        ok("stream", "stop", "by_room");
        replay(
                "visits.late",
                "3,Gauguin,2026-03-01T10:05:00Z,1.00",
                "4,Gauguin,2026-03-01T10:06:00Z,1.00",
                "5,Vermeer,2026-03-01T10:05:00Z,1.00",
                "6,Gauguin,2026-03-01T10:55:00Z,1.00");
        ok("stream", "start", "by_room");
        eventually(() -> assertThat(shown("by_room")).containsEntry("events", 4).containsEntry("late", 2));

        assertThat(ok("stream", "show", "by_room").out()).containsPattern("late events +2\n");
        ok("stream", "stop", "by_room");
        assertThat(csv("SELECT begin, room, visits FROM visits.by_room"))
                .containsExactlyInAnyOrder("10:00,Gauguin,1", "11:00,Gauguin,1", "10:50,Gauguin,1");
    }

    @Test
    void eventThatComesTwiceGoesOutOnceAsTheGuideSays() throws Exception {
        String guide = Files.readString(Tarn.root().resolve("docs/guide/streams.md"));
        String sql = guide.substring(guide.indexOf("SELECT id, at, first(room)"))
                .lines()
                .findFirst()
                .orElseThrow();
        stream("once", """
                inputs: {visits: {topic: visits.twice, time: at, watermark: 10 min}}
                sql: %s
                output: {topic: visits.once, format: json}
                mode: append
                trigger: continuous
                """.formatted(sql));
        replay("visits.twice", "1,Gauguin,2026-03-01T10:00:00Z,1.00", "1,Gauguin,2026-03-01T10:00:00Z,1.00");
        ok("stream", "start", "once");
        eventually(() -> assertThat(shown("once")).containsEntry("events", 2));
        replay("visits.twice", "1,Gauguin,2026-03-01T10:00:00Z,1.00", "2,Vermeer,2026-03-01T10:09:00Z,1.00");
        eventually(() -> assertThat(shown("once")).containsEntry("events", 4));
        replay("visits.twice", "3,Vermeer,2026-03-01T11:00:00Z,1.00");
        eventually(() -> assertThat(Topics.read(lake, "visits.once")).hasSize(2));
        replay("visits.twice", "2,Vermeer,2026-03-01T10:09:00Z,1.00", "4,Vermeer,2026-03-01T12:00:00Z,1.00");
        eventually(() -> assertThat(Topics.read(lake, "visits.once")).hasSizeGreaterThan(2));
        ok("stream", "stop", "once");

        assertThat(Topics.read(lake, "visits.once"))
                .extracting(event -> JSON.std.mapFrom(event).get("id"))
                .containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void tailShowsWhatComesUntilCtrlC() throws Exception {
        replay("visits.tail", "1,Gauguin,2026-03-01T10:00:00Z,1.00");
        Path out = folder.resolve("tail.txt");
        // A process group of its own gets the signal, as all that a terminal runs does. Where this build runs in the
        // background, the signal is ignored, which its children would inherit.
        Process tail = new Tarn(lake.directory())
                .through(List.of("env", "--default-signal=INT", "setsid"))
                .builder("topic", "tail", "visits.tail", "--follow")
                .redirectError(folder.resolve("tail.err").toFile())
                .redirectOutput(out.toFile())
                .start();
        try {
            eventually(() -> assertThat(Files.readString(out)).contains("Gauguin"));
            replay("visits.tail", "2,Vermeer,2026-03-01T10:01:00Z,1.00");
            eventually(() -> assertThat(Files.readString(out)).containsPattern("\n0  1  .*Vermeer.*\n"));
            List<ProcessHandle> all = tail.descendants().toList();
            assertThat(all).isNotEmpty();

            assertThat(new ProcessBuilder("kill", "-INT", "--", "-" + tail.pid())
                            .start()
                            .waitFor())
                    .isZero();

            assertThat(tail.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(tail.exitValue()).isEqualTo(130);
            await().atMost(Duration.ofSeconds(10)).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(Files.readString(folder.resolve("tail.err"))).doesNotContain("Exception");
        } finally {
            tail.descendants().forEach(ProcessHandle::destroyForcibly);
            tail.destroyForcibly();
        }
    }

    private void replay(String topic, String... rows) throws IOException {
        Path file = folder.resolve("visits.csv");
        Files.writeString(file, "id,room,at,fee\n" + String.join("\n", rows) + "\n");
        ok("replay", file.toString(), "--topic", topic, "--schema", "visit");
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.walk(lake.directory().resolve("visits").resolve(name))) {
            return all.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList();
        }
    }

    private List<String> csvRows() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Path file : files("csv")) {
            List<String> lines = Files.readAllLines(file);
            rows.addAll(lines.subList(1, lines.size()));
        }
        return rows;
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(4)).untilAsserted(assertion);
    }

    private Map<String, Object> shown(String stream) throws IOException {
        return JSON.std.mapFrom(ok("stream", "show", stream, "--output", "json").out());
    }

    private List<String> csv(String sql) {
        List<String> lines = ok("sql", sql, "--output", "csv").out().lines().toList();
        return lines.subList(1, lines.size());
    }

    private Tarn.Result ok(String... words) {
        Tarn.Result result = lake.run(words);
        assertThat(result.exitCode())
                .describedAs("%s", String.join(" ", words) + "\n" + result.err() + result.out())
                .isZero();
        return result;
    }

    private void stream(String name, String yaml) throws IOException {
        Files.writeString(lake.directory().resolve("streams/" + name + ".yaml"), yaml);
    }
}
