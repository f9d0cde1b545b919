package dev.tarn.cli;

import dev.tarn.cli.lake.Faults;
import dev.tarn.cli.lake.Nearest;
import dev.tarn.generate.ExampleLake;
import dev.tarn.generate.LakeFiles;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A lake directory to be made. */
record NewLake(String name, LakeFiles files) {
    /** An example; an unknown one is an error that lists them. */
    static NewLake of(String example) {
        return ExampleLake.find(example).map(NewLake::of).orElseThrow(() -> unknown(example));
    }

    static NewLake of(ExampleLake example) {
        return new NewLake(example.lakeName(), LakeFiles.of(example));
    }

    /** A lake with nothing in it, named like its directory. */
    static NewLake bare(Path directory) {
        String name =
                lakeName(String.valueOf(directory.toAbsolutePath().normalize().getFileName()));
        return new NewLake(name, LakeFiles.bare(name));
    }

    // A lake's name begins names of topics and databases, which take no other characters.
    private static String lakeName(String directory) {
        String name =
                directory.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return name.matches("[a-z].*") ? name : name.isEmpty() ? "lake" : "lake_" + name;
    }

    Collection<String> paths() {
        return files.paths();
    }

    /** Writes the files into a new or empty directory. */
    void create(Path directory) {
        try {
            requireEmpty(directory);
            files.write(directory);
        } catch (IOException e) {
            throw new TarnException(
                    ErrorKind.USER,
                    "LAKE_NOT_WRITABLE",
                    "Cannot make lake '" + name + "' in '" + directory + "': " + Faults.reason(e)
                            + ". Name a directory that you may write.",
                    e);
        }
    }

    private void requireEmpty(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> content = Files.list(directory)) {
                content.sorted().findFirst().ifPresent(first -> {
                    throw notEmpty(directory, "it is not empty, it holds '" + first.getFileName() + "'");
                });
            }
        } else if (Files.exists(directory)) {
            throw notEmpty(directory, "it is a file");
        }
    }

    private TarnException notEmpty(Path directory, String reason) {
        return new TarnException(
                ErrorKind.USER,
                "DIRECTORY_NOT_EMPTY",
                "Cannot make lake '" + name + "' in '" + directory + "': " + reason
                        + ". Name a new or an empty directory.");
    }

    private static TarnException unknown(String example) {
        List<ExampleLake> examples = List.of(ExampleLake.values());
        List<String> names = examples.stream().map(ExampleLake::lakeName).toList();
        StringBuilder message = new StringBuilder("Cannot make a lake from example '" + example + "': there is none.");
        Nearest.find(example, names)
                .ifPresent(nearest ->
                        message.append(" Did you mean '").append(nearest).append("'?"));
        message.append(" Examples:");
        examples.forEach(each -> message.append(' ')
                .append(each.lakeName())
                .append(" (")
                .append(each.description())
                .append(")."));
        return new TarnException(ErrorKind.USER, "EXAMPLE_UNKNOWN", message.toString());
    }
}
