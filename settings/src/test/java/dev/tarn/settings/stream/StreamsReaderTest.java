package dev.tarn.settings.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.settings.TestLake;
import dev.tarn.settings.stream.InputSettings.FileInput;
import dev.tarn.settings.stream.InputSettings.Start;
import dev.tarn.settings.stream.InputSettings.TableInput;
import dev.tarn.settings.stream.InputSettings.TopicInput;
import dev.tarn.settings.stream.OutputSettings.ConsoleOutput;
import dev.tarn.settings.stream.OutputSettings.TopicOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsReaderTest {
    private static final String GOOD = "inputs: {s: {topic: sales}}\nsql: SELECT 1 FROM s\noutput: console\n";

    @TempDir
    Path folder;

    private TestLake lake;

    @BeforeEach
    void createLake() {
        lake = new TestLake(folder.resolve("rentals")).file("lake.yaml", "");
    }

    @Test
    void whatIsNotWrittenHasItsDefault() {
        lake.file("streams/s.yaml", GOOD);

        assertThat(StreamSettings.loadAll(lake.directory())).singleElement().satisfies(stream -> {
            assertThat(stream.name()).isEqualTo("s");
            assertThat(stream.inputs())
                    .containsEntry("s", new TopicInput("sales", TopicFormat.AVRO, null, null, Start.EARLIEST));
            assertThat(stream.output()).isEqualTo(new ConsoleOutput());
            assertThat(stream.mode()).isEqualTo(OutputMode.APPEND);
            assertThat(stream.trigger()).isEqualTo(new TriggerSettings.Every(Duration.ofSeconds(1)));
            assertThat(stream.maxEvents()).isEqualTo(100_000);
        });
    }

    @Test
    void allThatCanBeWrittenIsRead() {
        lake.file("sql/by_region.sql", "SELECT 2").file("streams/s.yaml", """
                        inputs:
                          sales: {topic: sales, format: json, time: paid_at, watermark: 10 min, from: latest}
                          regions: {file: data/regions.csv, schema: regions, delimiter: "|"}
                          artists: {table: moma.artists}
                        sql-file: sql/by_region.sql
                        output: {topic: sales.summary, format: json, key: [region]}
                        mode: update
                        trigger: available-now
                        max-events: 7
                        """);

        StreamSettings stream = StreamSettings.loadAll(lake.directory()).get(0);

        assertThat(stream.inputs())
                .containsEntry(
                        "sales",
                        new TopicInput("sales", TopicFormat.JSON, "paid_at", Duration.ofMinutes(10), Start.LATEST))
                .containsEntry("regions", new FileInput("data/regions.csv", FileFormat.CSV, "regions", '|'))
                .containsEntry("artists", new TableInput("moma.artists"));
        assertThat(stream.sql()).isEqualTo("SELECT 2");
        assertThat(stream.output()).isEqualTo(new TopicOutput("sales.summary", TopicFormat.JSON, List.of("region")));
        assertThat(stream.trigger()).isEqualTo(new TriggerSettings.AvailableNow());
        assertThat(stream.maxEvents()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        inputs: {s: {topic: sales, water: 1 s}}          | unknown key 'water'; known are topic, format, time, watermark, from
        inputs: {s: {topic: sales, watermark: 10}}       | inputs.s.watermark must be a time such as 500 ms, 1 s, 5 min, 2 h or 7 d, not '10'
        inputs: {s: {topic: "a b"}}                      | inputs.s.topic must be the name of a topic: letters, digits, ., _ and -, not 'a b'
        inputs: {s: {table: a.b}}                        | a stream reads at least one topic; write {topic: …} under inputs, or use tarn sql
        inputs: {s: sales}                               | inputs.s must be {topic: …}, {file: …} or {table: …}, not 'sales'
        inputs: {s: {topic: sales, format: avor}}        | inputs.s.format must be avro or json, not 'avor'; did you mean 'avro'?
        """)
    void inputThatCannotStandIsRefusedWithItsLine(String line, String problem) {
        lake.file("streams/s.yaml", line + "\nsql: SELECT 1\noutput: console\n");

        assertThat(lake.problems()).containsExactly("streams/s.yaml line 1: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        output: konsole                                  | output must be console, {topic: …}, {table: …} or {files: …}, not 'konsole'; did you mean 'console'?
        output: {table: sales}                           | output.table must be database.table, not 'sales'
        """)
    void outputThatCannotStandIsRefusedWithItsLine(String line, String problem) {
        lake.file("streams/s.yaml", "inputs: {s: {topic: sales}}\nsql: SELECT 1\n" + line + "\n");

        assertThat(lake.problems()).containsExactly("streams/s.yaml line 3: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        mode: updat      | mode must be complete, update or append, not 'updat'; did you mean 'update'?
        trigger: never   | trigger must be once, available-now, continuous or a time such as 10 s, not 'never'
        sql-file: x.sql  | sql and sql-file are one too many; write one of them
        """)
    void restThatCannotStandIsRefused(String line, String problem) {
        lake.file("streams/s.yaml", GOOD + line + "\n");

        assertThat(lake.problems()).singleElement().asString().endsWith(": " + problem);
    }

    @Test
    void updatesNeedAKeyInATableAndCannotGoToFiles() {
        lake.file("streams/a.yaml", GOOD.replace("console", "{table: a.b}") + "mode: update\n");
        lake.file("streams/b.yaml", GOOD.replace("console", "{files: out}") + "mode: update\n");

        assertThat(lake.problems())
                .containsExactly(
                        "streams/a.yaml line 4: mode update into a table replaces rows; write their key, such as key:"
                                + " [region], under output",
                        "streams/b.yaml line 4: mode update cannot go to files, which never change; write append or"
                                + " complete");
    }

    @Test
    void guideHasARowForEveryKeyAndNoOther() throws IOException {
        List<String> keys = new ArrayList<>(StreamKeys.STREAM);
        List.of(StreamKeys.TOPIC_INPUT, StreamKeys.FILE_INPUT, StreamKeys.TABLE_INPUT)
                .forEach(each -> each.forEach(key -> keys.add("inputs." + key)));
        List.of(StreamKeys.TOPIC_OUTPUT, StreamKeys.TABLE_OUTPUT, StreamKeys.FILES_OUTPUT)
                .forEach(each -> each.forEach(key -> keys.add("output." + key)));
        String page = Files.readString(Path.of("..", "docs", "guide", "streams.md"));

        assertThat(Pattern.compile("(?m)^\\| `([a-z.-]+)` \\|")
                        .matcher(page)
                        .results()
                        .map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(keys.stream().distinct().toList());
    }
}
