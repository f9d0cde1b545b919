package dev.tarn.settings.stream;

import dev.tarn.settings.read.Names;
import dev.tarn.settings.read.Place;
import dev.tarn.settings.read.Problems;
import dev.tarn.settings.read.ValueReader;
import dev.tarn.settings.read.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the folder {@code streams/} of a lake directory. */
public final class StreamsReader {
    private static final String FOLDER = "streams";
    private static final String ENDING = ".yaml";

    private final Path lakeDirectory;
    private final ValueReader values;
    private final Problems problems;

    public StreamsReader(Path lakeDirectory, ValueReader values, Problems problems) {
        this.lakeDirectory = lakeDirectory;
        this.values = values;
        this.problems = problems;
    }

    /** All streams in the order of their names; what cannot be read is among the problems. No folder is no streams. */
    public List<StreamSettings> read() {
        List<StreamSettings> streams = new ArrayList<>();
        for (String file : files()) {
            Place whole = new Place(FOLDER + "/" + file, 0);
            if (file.endsWith(".yml")) {
                problems.add(whole, "files of streams end with .yaml; rename it");
                continue;
            }
            String name = file.substring(0, file.length() - ENDING.length());
            try {
                Names.name(name);
            } catch (IllegalArgumentException e) {
                problems.add(whole, "the file's name without .yaml is the stream's name and " + e.getMessage());
            }
            YamlFile.read(lakeDirectory, whole.file(), StreamKeys.STREAM, problems)
                    .map(map -> new StreamReader(name, lakeDirectory, values, problems).read(map))
                    .ifPresent(streams::add);
        }
        return streams;
    }

    private List<String> files() {
        Path folder = lakeDirectory.resolve(FOLDER);
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> !file.startsWith(".") && (file.endsWith(ENDING) || file.endsWith(".yml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(new Place(FOLDER, 0), "the folder cannot be read: " + e, e);
            return List.of();
        }
    }
}
