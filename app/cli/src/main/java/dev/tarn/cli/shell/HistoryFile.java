package dev.tarn.cli.shell;

import dev.tarn.cli.lake.LakeLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Where the lines of earlier shells are kept: a file of the lake that its owner alone can read. */
final class HistoryFile {
    private HistoryFile() {}

    /** The file, made if there is none; empty where it cannot be. */
    static Optional<Path> of(LakeLocation lake) {
        Path file = lake.state().resolve("sql-history");
        try {
            if (!Files.exists(file)) {
                boolean posix =
                        file.getFileSystem().supportedFileAttributeViews().contains("posix");
                FileAttribute<?>[] owner = {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                };
                Files.createFile(file, posix ? owner : new FileAttribute<?>[0]);
            }
            return Optional.of(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
