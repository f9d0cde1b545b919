package dev.tarn.processes.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Derby database of an embedded metastore. Its schema is made once, by the build ({@link MetastoreTemplate}), and copied
 * for each lake: Hive would make its tables one by one, in seconds of a processor.
 */
final class MetastoreDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(MetastoreDatabase.class);
    /** Among this class's resources. */
    static final String TEMPLATE = "metastore.zip";

    private MetastoreDatabase() {}

    /**
     * Puts a database with a schema there, but no databases or tables of Hive, unless there is one already. It appears whole or
     * not at all: Derby never again opens a database whose creation was cut short. Where this build has no template, Hive is
     * left to make one.
     */
    static void createIfAbsent(Path database) throws IOException {
        if (Files.exists(database)) {
            return;
        }
        Path absolute = database.toAbsolutePath();
        Path draft = absolute.resolveSibling(absolute.getFileName() + ".draft");
        try (InputStream template = MetastoreDatabase.class.getResourceAsStream(TEMPLATE)) {
            if (template == null) {
                LOG.warn("no {} among the classes of this build: Hive makes its tables itself", TEMPLATE);
                return;
            }
            delete(draft);
            unpack(template, draft);
        }
        Files.move(draft, absolute, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(InputStream template, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (ZipInputStream zip = new ZipInputStream(template)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("'" + entry.getName() + "' leaves its folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.resolveSibling("."));
                    Files.copy(zip, file);
                }
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
