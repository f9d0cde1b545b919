package dev.tarn.settings.stream;

import dev.tarn.settings.read.Durations;
import dev.tarn.settings.read.Names;
import dev.tarn.settings.read.ValueReader;
import dev.tarn.settings.read.YamlMap;
import dev.tarn.settings.read.YamlValue;
import dev.tarn.settings.stream.InputSettings.FileInput;
import dev.tarn.settings.stream.InputSettings.Start;
import dev.tarn.settings.stream.InputSettings.TableInput;
import dev.tarn.settings.stream.InputSettings.TopicInput;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one input of a stream: what it is, its first key says. */
final class InputReader {
    private static final String FORM = "must be {topic: …}, {file: …} or {table: …}";

    private final ValueReader values;

    InputReader(ValueReader values) {
        this.values = values;
    }

    /** Empty, with a problem, if it is no input. */
    Optional<InputSettings> read(YamlValue value) {
        if (!value.isMap()) {
            value.refuse(FORM);
            return Optional.empty();
        }
        YamlMap map = value.map().orElseThrow();
        if (map.find("topic").isPresent()) {
            return value.map(StreamKeys.TOPIC_INPUT).map(this::topic);
        }
        if (map.find("file").isPresent()) {
            return value.map(StreamKeys.FILE_INPUT).map(this::file);
        }
        if (map.find("table").isPresent()) {
            return value.map(StreamKeys.TABLE_INPUT).map(this::table);
        }
        value.refuse(FORM);
        return Optional.empty();
    }

    private InputSettings topic(YamlMap map) {
        return new TopicInput(
                map.read("topic", "", value -> values.text(value, "", StreamNames::topic)),
                map.read("format", TopicFormat.AVRO, value -> topicFormat(values, value)),
                map.find("time")
                        .map(value -> values.text(value, "", Names::filled))
                        .orElse(null),
                map.find("watermark")
                        .map(value -> values.text(value, Duration.ofMinutes(1), Durations::parse))
                        .orElse(null),
                map.read(
                        "from",
                        Start.EARLIEST,
                        value -> values.word(
                                value,
                                Start.EARLIEST,
                                Map.of("earliest", Start.EARLIEST, "latest", Start.LATEST),
                                "must be earliest or latest")));
    }

    private InputSettings file(YamlMap map) {
        String file = map.read("file", "", value -> values.text(value, "", Names::filled));
        FileFormat usual = file.toLowerCase(Locale.ROOT).endsWith(".parquet") ? FileFormat.PARQUET : FileFormat.CSV;
        return new FileInput(
                file,
                map.read("format", usual, value -> fileFormat(values, value)),
                map.find("schema")
                        .map(value -> values.text(value, "", Names::name))
                        .orElse(null),
                map.read("delimiter", ',', value -> values.text(value, ',', InputReader::delimiter)));
    }

    private InputSettings table(YamlMap map) {
        return new TableInput(map.read("table", "", value -> values.text(value, "", StreamNames::table)));
    }

    static TopicFormat topicFormat(ValueReader values, YamlValue value) {
        return values.word(
                value,
                TopicFormat.AVRO,
                Map.of("avro", TopicFormat.AVRO, "json", TopicFormat.JSON),
                "must be avro or json");
    }

    static FileFormat fileFormat(ValueReader values, YamlValue value) {
        return values.word(
                value,
                FileFormat.CSV,
                Map.of("csv", FileFormat.CSV, "parquet", FileFormat.PARQUET),
                "must be csv or parquet");
    }

    private static char delimiter(String text) {
        String one = text.equals("\\t") ? "\t" : text;
        if (one.length() != 1) {
            throw new IllegalArgumentException("must be one character, or \\t");
        }
        return one.charAt(0);
    }
}
