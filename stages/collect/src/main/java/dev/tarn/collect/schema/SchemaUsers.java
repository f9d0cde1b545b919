package dev.tarn.collect.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds who works with a subject: files of {@code streams/} that have it as a schema or its topic as a topic, files of
 * {@code models/} that name one of them as a whole word, and tables that a source fills through the topic.
 */
public final class SchemaUsers {
    private static final Map<String, String> FOLDERS = new TreeMap<>(Map.of("streams", "stream", "models", "model"));

    private final Path lake;
    private final Supplier<Map<String, List<SchemaUser>>> tablesByTopic;

    /**
     * @param lake the lake directory
     * @param tablesByTopic the tables that sources fill
     */
    public SchemaUsers(Path lake, Supplier<Map<String, List<SchemaUser>>> tablesByTopic) {
        this.lake = lake;
        this.tablesByTopic = tablesByTopic;
    }

    List<SchemaUser> of(String subject) {
        String topic = topic(subject);
        List<SchemaUser> users = new ArrayList<>();
        FOLDERS.forEach((folder, kind) -> files(folder).forEach((path, text) -> {
            // The SQL of a stream may have any names for its columns.
            String before = kind.equals("stream") ? "(?:topic|schema)\\s*:\\s*[\"']?" : "";
            if (names(text, before, subject) || names(text, before, topic)) {
                users.add(new SchemaUser(kind, nameOf(path), folder + "/" + path));
            }
        }));
        users.addAll(tablesByTopic.get().getOrDefault(topic, List.of()));
        return users;
    }

    /** The topic that a subject belongs to; the subject itself for one of files. */
    static String topic(String subject) {
        return subject.replaceFirst("-(value|key)$", "");
    }

    private Map<String, String> files(String folder) {
        Map<String, String> texts = new TreeMap<>();
        Path start = lake.resolve(folder);
        if (!Files.isDirectory(start)) {
            return texts;
        }
        try (Stream<Path> files = Files.walk(start)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().matches(".*\\.(ya?ml|sql)")) {
                    texts.put(start.relativize(file).toString(), Files.readString(file));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean names(String text, String before, String word) {
        // Names of topics have dots and dashes in them: sales is not named by sales.summary.
        return Pattern.compile(before + "(?<![\\w.-])" + Pattern.quote(word) + "(?![\\w-]|\\.\\w)")
                .matcher(text)
                .find();
    }

    private static String nameOf(String path) {
        return path.replaceFirst("\\.[^./]+$", "");
    }
}
