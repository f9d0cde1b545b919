package dev.tarn.settings.stream;

import dev.tarn.settings.read.Counts;
import dev.tarn.settings.read.Names;
import dev.tarn.settings.read.Problems;
import dev.tarn.settings.read.ValueReader;
import dev.tarn.settings.read.YamlMap;
import dev.tarn.settings.read.YamlValue;
import dev.tarn.settings.stream.InputSettings.TopicInput;
import dev.tarn.settings.stream.OutputSettings.ConsoleOutput;
import dev.tarn.settings.stream.OutputSettings.FilesOutput;
import dev.tarn.settings.stream.OutputSettings.TableOutput;
import dev.tarn.settings.stream.OutputSettings.TopicOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one file of a stream. */
final class StreamReader {
    private static final int MAX_EVENTS = 100_000;
    private static final String OUTPUT_FORM = "must be console, {topic: …}, {table: …} or {files: …}";

    private final String name;
    private final Path lakeDirectory;
    private final ValueReader values;
    private final Problems problems;

    StreamReader(String name, Path lakeDirectory, ValueReader values, Problems problems) {
        this.name = name;
        this.lakeDirectory = lakeDirectory;
        this.values = values;
        this.problems = problems;
    }

    StreamSettings read(YamlMap file) {
        OutputSettings output =
                file.require("output", new ConsoleOutput(), "write where its rows go, such as console", this::output);
        OutputMode mode = file.read("mode", OutputMode.APPEND, this::mode);
        TriggerSettings trigger = file.read("trigger", TriggerSettings.DEFAULT, this::trigger);
        file.find("mode").ifPresent(value -> checkMode(value, mode, output));
        return new StreamSettings(
                name,
                file.require(
                        "inputs",
                        Map.of(),
                        "write what it reads, such as inputs: {sales: {topic: sales}}",
                        this::inputs),
                sql(file),
                output,
                mode,
                trigger,
                file.read("max-events", MAX_EVENTS, value -> values.text(value, MAX_EVENTS, Counts::parse)));
    }

    private Map<String, InputSettings> inputs(YamlValue value) {
        Map<String, InputSettings> inputs = new LinkedHashMap<>();
        InputReader reader = new InputReader(values);
        value.map()
                .ifPresent(map -> map.entries().forEach((key, each) -> {
                    try {
                        Names.lakeTable(key);
                    } catch (IllegalArgumentException e) {
                        each.problem("'" + key + "' cannot be the name of an input, which " + e.getMessage());
                    }
                    reader.read(each).ifPresent(input -> inputs.put(key, input));
                }));
        boolean readable = value.map().stream().allMatch(map -> map.entries().size() == inputs.size());
        if (value.isMap() && readable && inputs.values().stream().noneMatch(TopicInput.class::isInstance)) {
            value.problem("a stream reads at least one topic; write {topic: …} under inputs, or use tarn sql");
        }
        return inputs;
    }

    private String sql(YamlMap file) {
        if (file.find("sql").isPresent() == file.find("sql-file").isPresent()) {
            problems.add(
                    file.place(),
                    file.find("sql").isPresent()
                            ? "sql and sql-file are one too many; write one of them"
                            : "sql is missing; write the query, or sql-file: with the path of a file that has it");
            return "";
        }
        return file.find("sql")
                .map(value -> values.text(value, "", Names::filled))
                .or(() -> file.find("sql-file").map(this::sqlFile))
                .orElse("");
    }

    private String sqlFile(YamlValue value) {
        String path = values.text(value, "", Names::filled);
        if (path.isEmpty()) {
            return path;
        }
        try {
            return Names.filled(Files.readString(lakeDirectory.resolve(path)));
        } catch (IOException | IllegalArgumentException e) {
            value.problem("the file '" + path + "' of sql-file cannot be read as UTF-8 text with a query: " + e, e);
            return "";
        }
    }

    private OutputSettings output(YamlValue value) {
        OutputSettings console = new ConsoleOutput();
        if (!value.isMap()) {
            return values.word(value, console, Map.of("console", console), OUTPUT_FORM);
        }
        YamlMap map = value.map().orElseThrow();
        if (map.find("topic").isPresent()) {
            return value.map(StreamKeys.TOPIC_OUTPUT).map(this::topic).orElse(console);
        }
        if (map.find("table").isPresent()) {
            return value.map(StreamKeys.TABLE_OUTPUT).map(this::table).orElse(console);
        }
        if (map.find("files").isPresent()) {
            return value.map(StreamKeys.FILES_OUTPUT).map(this::files).orElse(console);
        }
        value.refuse(OUTPUT_FORM);
        return console;
    }

    private OutputSettings topic(YamlMap map) {
        return new TopicOutput(
                map.read("topic", "", value -> values.text(value, "", StreamNames::topic)),
                map.read("format", TopicFormat.AVRO, value -> InputReader.topicFormat(values, value)),
                key(map));
    }

    private OutputSettings table(YamlMap map) {
        return new TableOutput(map.read("table", "", value -> values.text(value, "", StreamNames::table)), key(map));
    }

    private OutputSettings files(YamlMap map) {
        return new FilesOutput(
                map.read("files", "", value -> values.text(value, "", Names::filled)),
                map.read("format", FileFormat.PARQUET, value -> InputReader.fileFormat(values, value)));
    }

    private List<String> key(YamlMap map) {
        return map.read("key", List.of(), value -> values.texts(value, "[region]"));
    }

    private OutputMode mode(YamlValue value) {
        return values.word(
                value,
                OutputMode.APPEND,
                Map.of("complete", OutputMode.COMPLETE, "update", OutputMode.UPDATE, "append", OutputMode.APPEND),
                "must be complete, update or append");
    }

    private static void checkMode(YamlValue value, OutputMode mode, OutputSettings output) {
        if (mode != OutputMode.UPDATE) {
            return;
        }
        if (output instanceof FilesOutput) {
            value.problem("mode update cannot go to files, which never change; write append or complete");
        } else if (output instanceof TableOutput table && table.key().isEmpty()) {
            value.problem(
                    "mode update into a table replaces rows; write their key, such as key: [region], under output");
        }
    }

    private TriggerSettings trigger(YamlValue value) {
        return values.wordOrText(
                value,
                TriggerSettings.DEFAULT,
                Map.of(
                        "once", new TriggerSettings.Once(),
                        "available-now", new TriggerSettings.AvailableNow(),
                        "continuous", new TriggerSettings.Continuous()),
                TriggerSettings::parse);
    }
}
