package dev.tarn.collect.capture;

import dev.tarn.collect.SourceColumn;
import dev.tarn.collect.SourceTable;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The columns that each table had when all of its rows were in the lake. A column that is added with a default, renamed, or
 * given another type changes every row, and the write-ahead log has no change of any: only a copy brings them. A column that
 * is added empty or dropped needs none.
 */
final class TableShapes {
    private final Path file;

    TableShapes(Path file) {
        this.file = file;
    }

    /** The names of those tables whose rows have changed without a word, since they were last {@link #remember}ed. */
    List<String> changed(List<SourceTable> tables) throws IOException {
        Properties known = read();
        return tables.stream()
                .filter(table -> known.containsKey(table.fullName())
                        && everyRowDiffers(columns(known.getProperty(table.fullName())), table.columns()))
                .map(SourceTable::fullName)
                .toList();
    }

    /** Remembers those tables that were not known, before anything is read of them. */
    void begin(List<SourceTable> tables) throws IOException {
        Properties known = read();
        remember(tables.stream()
                .filter(table -> !known.containsKey(table.fullName()))
                .toList());
    }

    void remember(List<SourceTable> tables) throws IOException {
        Properties known = read();
        Properties now = new Properties();
        now.putAll(known);
        tables.forEach(table -> now.setProperty(table.fullName(), text(table.columns())));
        if (now.equals(known)) {
            return;
        }
        Files.createDirectories(file.resolveSibling("."));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(draft)) {
            now.store(writer, "the columns of the source's tables");
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Properties read() throws IOException {
        Properties known = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                known.load(reader);
            }
        }
        return known;
    }

    private static boolean everyRowDiffers(Map<Integer, String> before, List<SourceColumn> now) {
        return now.stream().anyMatch(column -> {
            String was = before.get(column.number());
            return was == null ? column.hasDefault() : !was.equals(nameAndType(column));
        });
    }

    private static String text(List<SourceColumn> columns) {
        return columns.stream()
                .map(column -> column.number() + "\t" + nameAndType(column))
                .collect(Collectors.joining("\n"));
    }

    private static String nameAndType(SourceColumn column) {
        return (column.type() + "\t" + column.name()).replace('\n', ' ');
    }

    private static Map<Integer, String> columns(String text) {
        Map<Integer, String> columns = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                columns.put(Integer.valueOf(line.substring(0, tab)), line.substring(tab + 1));
            }
        }
        return columns;
    }
}
