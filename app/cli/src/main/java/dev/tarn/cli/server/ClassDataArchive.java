package dev.tarn.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The class-data archive of a process that ends with its command: the first run leaves it, and all others start in half the
 * time. Several may run at once, so each writes a draft of its own.
 */
final class ClassDataArchive {
    private final Path archive;
    private final @Nullable Path draft;

    private ClassDataArchive(Path archive, @Nullable Path draft) {
        this.archive = archive;
        this.draft = draft;
    }

    static ClassDataArchive of(ProgramHome home, String process) {
        Path archive = home.archive(process);
        Path folder = Objects.requireNonNull(archive.getParent());
        try {
            if (Files.isRegularFile(archive) && !isOutdated(archive, home.jars(process))) {
                return new ClassDataArchive(archive, null);
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            // A program home that cannot be written: the process starts some tenths of a second slower.
        }
        Path draft = archive.resolveSibling(
                archive.getFileName() + "." + ProcessHandle.current().pid());
        return new ClassDataArchive(archive, Files.isWritable(folder) ? draft : null);
    }

    private static boolean isOutdated(Path archive, List<Path> jars) throws IOException {
        for (Path jar : jars) {
            if (Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(archive)) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Flags of the virtual machine, which is silent about an archive that it cannot use. */
    List<String> flags() {
        if (draft != null) {
            return List.of("-XX:ArchiveClassesAtExit=" + draft, "-Xlog:disable");
        }
        return Files.isRegularFile(archive) ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable") : List.of();
    }

    /** To be called when the process has ended. */
    void keep() {
        try {
            if (draft != null && Files.isRegularFile(draft)) {
                Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            // The next run makes another one.
        }
    }
}
