package dev.tarn.collect.schema;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The files of {@code schemas/}, read anew at each question: people edit them while the lake runs. */
final class SchemaFiles {
    static final String FOLDER = "schemas";

    private static final String ENDING = ".avsc";
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private final Path lake;

    SchemaFiles(Path lake) {
        this.lake = lake;
    }

    /**
     * All of them by subject.
     *
     * @throws TarnException USER {@code SCHEMA_INVALID} with one line for each file that is no Avro schema
     */
    Map<String, SchemaFile> read() {
        Map<String, SchemaFile> files = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Path file : paths()) {
            String subject = subject(file);
            String path = FOLDER + "/" + file.getFileName();
            if (!SUBJECT.matcher(subject).matches()) {
                problems.add(path + ": a subject has letters, digits, '.', '_' and '-' alone");
                continue;
            }
            try {
                files.put(subject, new SchemaFile(subject, path, parse(file)));
            } catch (AvroRuntimeException e) {
                problems.add(path + ": " + words(e));
            } catch (CharacterCodingException e) {
                problems.add(path + ": it is not UTF-8");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (!problems.isEmpty()) {
            throw new TarnException(
                    ErrorKind.USER,
                    "SCHEMA_INVALID",
                    "Cannot read the schemas of the lake: "
                            + (problems.size() == 1 ? "1 problem" : problems.size() + " problems") + ".\n"
                            + String.join("\n", problems) + "\nCorrect them and run the command again.");
        }
        return files;
    }

    /** One of them, whatever is wrong with the others. */
    Optional<SchemaFile> find(String subject) {
        String path = FOLDER + "/" + subject + ENDING;
        Path file = lake.resolve(path);
        if (!SUBJECT.matcher(subject).matches() || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SchemaFile(subject, path, parse(file)));
        } catch (AvroRuntimeException | CharacterCodingException e) {
            throw new TarnException(
                    ErrorKind.USER,
                    "SCHEMA_INVALID",
                    "Cannot read " + path + ": "
                            + (e instanceof AvroRuntimeException avro ? words(avro) : "it is not UTF-8")
                            + ". Correct it and run the command again.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> paths() {
        Path folder = lake.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String subject(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ENDING.length());
    }

    private static Schema parse(Path file) throws IOException {
        // A parser each: they remember names, and two files may have a record of one name.
        return new Schema.Parser().parse(Files.readString(file));
    }

    /** The first line of what Avro says; where it wraps another library's words, theirs. */
    private static String words(AvroRuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElse("it is no Avro schema")
                .strip();
    }
}
