package dev.tarn.cli;

import dev.tarn.cli.lake.Faults;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file of statements in UTF-8.
 *
 * @param path where it lies
 * @param given as the user wrote it; {@code -} is standard input
 */
record SqlFile(Path path, Path given) {
    private static final String STANDARD_INPUT = "-";

    String name() {
        return given.toString().equals(STANDARD_INPUT) ? "standard input" : given.toString();
    }

    String read() {
        try {
            return given.toString().equals(STANDARD_INPUT)
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new TarnException(
                    ErrorKind.USER,
                    "FILE_MISSING",
                    "Cannot read '" + given + "': there is no such file. Check the path.",
                    e);
        } catch (IOException e) {
            throw new TarnException(
                    ErrorKind.USER,
                    "FILE_UNREADABLE",
                    "Cannot read '" + given + "': " + Faults.reason(e) + ". Check the file.",
                    e);
        }
    }
}
