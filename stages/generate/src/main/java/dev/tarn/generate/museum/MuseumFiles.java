package dev.tarn.generate.museum;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Data in files {@code artists.csv} and {@code artworks.csv}: UTF-8, a header, one row a line, fields divided by |, empty
 * for null. A field that holds a | stands in double quotes, with each double quote in it twice.
 */
public final class MuseumFiles implements Museum {
    private final Path directory;
    private final Map<MuseumTable, Long> counts;

    private MuseumFiles(Path directory, Map<MuseumTable, Long> counts) {
        this.directory = directory;
        this.counts = counts;
    }

    /**
     * Reads both files from beginning to end and checks each line.
     *
     * @throws MuseumFileException naming the first line that does not fit, and why
     */
    public static MuseumFiles check(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw MuseumFileException.of(
                    directory, "there is no such directory. Name one that holds artists.csv and artworks.csv.", null);
        }
        Map<MuseumTable, Long> counts = new EnumMap<>(MuseumTable.class);
        MuseumFiles files = new MuseumFiles(directory, counts);
        for (MuseumTable table : MuseumTable.values()) {
            long count = 0;
            try (Rows rows = files.open(table)) {
                while (rows.next() != null) {
                    count++;
                }
            }
            counts.put(table, count);
        }
        return files;
    }

    @Override
    public long count(MuseumTable table) {
        return counts.getOrDefault(table, 0L);
    }

    @Override
    public Rows open(MuseumTable table) throws IOException {
        Path file = directory.resolve(table.tableName() + ".csv");
        if (!Files.isRegularFile(file)) {
            throw MuseumFileException.of(
                    file, "there is no such file. It holds the table " + table.tableName() + ".", null);
        }
        BufferedReader reader = Files.newBufferedReader(file);
        try {
            return FileRows.open(table, file, reader);
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }
}
