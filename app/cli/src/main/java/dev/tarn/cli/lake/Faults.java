package dev.tarn.cli.lake;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reasons of the operating system in words: the JDK's message of a refused file is just the file's name. */
public final class Faults {
    private static final long HARDLY_ANYTHING = 256L * 1024;

    private Faults() {}

    /** Whether the disk that holds this directory has no room for even a message. */
    public static boolean isFull(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace() < HARDLY_ANYTHING;
        } catch (IOException e) {
            return false;
        }
    }

    /** What went wrong, such as {@code '/x' cannot be written: permission denied}. */
    public static String reason(IOException fault) {
        if (fault instanceof AccessDeniedException denied) {
            return "permission denied for '" + denied.getFile() + "'";
        }
        if (fault instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason() + ": '" + file.getFile() + "'";
        }
        return fault.getClass().getSimpleName() + " " + fault.getMessage();
    }
}
