package dev.tarn.settings.stream;

import java.util.List;

/** The keys of streams/*.yaml. */
final class StreamKeys {
    static final List<String> STREAM = List.of("inputs", "sql", "sql-file", "output", "mode", "trigger", "max-events");
    static final List<String> TOPIC_INPUT = List.of("topic", "format", "time", "watermark", "from");
    static final List<String> FILE_INPUT = List.of("file", "format", "schema", "delimiter");
    static final List<String> TABLE_INPUT = List.of("table");
    static final List<String> TOPIC_OUTPUT = List.of("topic", "format", "key");
    static final List<String> TABLE_OUTPUT = List.of("table", "key");
    static final List<String> FILES_OUTPUT = List.of("files", "format");

    private StreamKeys() {}
}
