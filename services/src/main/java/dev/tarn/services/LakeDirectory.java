package dev.tarn.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the state of one lake lives: everything under {@code .tarn/}, and nowhere else.
 *
 * @param root the absolute path of the directory that holds {@code lake.yaml}
 */
public record LakeDirectory(Path root) {
    public LakeDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** The private folder, readable by its owner alone. */
    public Path state() {
        return root.resolve(".tarn");
    }

    /** What is running right now: one file a process. */
    public Path run() {
        return state().resolve("run");
    }

    /** One log file a service. */
    public Path logs() {
        return state().resolve("logs");
    }

    /** The log of one service. */
    public Path log(String service) {
        return logs().resolve(service + ".log");
    }

    /** The data of one service. */
    public Path data(String service) {
        return state().resolve(service);
    }

    /** Generated passwords, one file each, readable by the owner alone. */
    public Path secrets() {
        return state().resolve("secrets");
    }

    /** Makes the folders, private to the owner. */
    public void create() {
        try {
            createPrivate(state());
            for (Path folder : new Path[] {run(), logs(), secrets(), state().resolve("tmp")}) {
                createPrivate(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
}
