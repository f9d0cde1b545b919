package dev.tarn.server;

import dev.tarn.settings.stream.InputSettings;
import dev.tarn.settings.stream.InputSettings.FileInput;
import dev.tarn.settings.stream.InputSettings.Start;
import dev.tarn.settings.stream.InputSettings.TableInput;
import dev.tarn.settings.stream.InputSettings.TopicInput;
import dev.tarn.settings.stream.OutputSettings;
import dev.tarn.settings.stream.OutputSettings.ConsoleOutput;
import dev.tarn.settings.stream.OutputSettings.FilesOutput;
import dev.tarn.settings.stream.OutputSettings.TableOutput;
import dev.tarn.settings.stream.OutputSettings.TopicOutput;
import dev.tarn.settings.stream.StreamSettings;
import dev.tarn.settings.stream.TriggerSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stream as the engine takes it: its record StreamDefinition, in JSON. */
final class StreamDocument {
    private StreamDocument() {}

    static Map<String, @Nullable Object> of(StreamSettings stream) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", stream.name());
        document.put(
                "inputs",
                stream.inputs().entrySet().stream()
                        .map(input -> input(input.getKey(), input.getValue()))
                        .toList());
        document.put("sql", stream.sql());
        document.put("output", output(stream.output()));
        document.put("mode", stream.mode().name());
        document.put("trigger", trigger(stream.trigger()));
        document.put("maxEvents", stream.maxEvents());
        return document;
    }

    private static Map<String, @Nullable Object> input(String name, InputSettings input) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", name);
        if (input instanceof TopicInput topic) {
            document.put("kind", "topic");
            document.put("topic", topic.topic());
            document.put("format", topic.format().name());
            document.put("time", topic.time());
            document.put(
                    "watermarkMillis",
                    topic.watermark() == null ? null : topic.watermark().toMillis());
            document.put("fromLatest", topic.from() == Start.LATEST);
        } else if (input instanceof FileInput file) {
            document.put("kind", "file");
            document.put("file", file.file());
            document.put("format", file.format().name());
            document.put("schema", file.schema());
            document.put("delimiter", String.valueOf(file.delimiter()));
        } else if (input instanceof TableInput table) {
            document.put("kind", "table");
            document.put("table", table.table());
        }
        return document;
    }

    /** Where its rows go, in few words. */
    static String target(OutputSettings output) {
        if (output instanceof TopicOutput topic) {
            return "topic " + topic.topic();
        }
        if (output instanceof TableOutput table) {
            return "table " + table.table();
        }
        return output instanceof FilesOutput files ? "files " + files.folder() : "console";
    }

    private static Map<String, @Nullable Object> output(OutputSettings output) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        if (output instanceof TopicOutput topic) {
            document.putAll(Map.of(
                    "kind",
                    "topic",
                    "topic",
                    topic.topic(),
                    "format",
                    topic.format().name(),
                    "key",
                    topic.key()));
        } else if (output instanceof TableOutput table) {
            document.putAll(Map.of("kind", "table", "table", table.table(), "key", table.key()));
        } else if (output instanceof FilesOutput files) {
            document.putAll(Map.of(
                    "kind",
                    "files",
                    "folder",
                    files.folder(),
                    "format",
                    files.format().name()));
        } else if (output instanceof ConsoleOutput) {
            document.put("kind", "console");
        }
        return document;
    }

    private static Map<String, @Nullable Object> trigger(TriggerSettings trigger) {
        if (trigger instanceof TriggerSettings.Every every) {
            return Map.of("kind", "every", "millis", every.interval().toMillis());
        }
        if (trigger instanceof TriggerSettings.Once) {
            return Map.of("kind", "once");
        }
        return Map.of("kind", trigger instanceof TriggerSettings.AvailableNow ? "available-now" : "continuous");
    }

    /** The names of what it reads. */
    static List<String> sources(StreamSettings stream) {
        return stream.inputs().values().stream()
                .map(input -> input instanceof TopicInput topic
                        ? "topic " + topic.topic()
                        : input instanceof TableInput table
                                ? "table " + table.table()
                                : "file " + ((FileInput) input).file())
                .toList();
    }
}
