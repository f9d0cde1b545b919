package dev.tarn.settings.source;

import dev.tarn.settings.secret.Options;
import java.util.List;
import java.util.Optional;

/**
 * A database that flows into the lake.
 *
 * @param name the name of its file without .yaml
 * @param postgres where the database is
 * @param tables what is read from it, in the order of the file; at least one
 * @param commit when changes are committed to tables
 * @param load how rows come that are there before
 * @param raw how changes are kept as object files
 * @param options options of the engine that reads it, without those that Tarn sets itself
 */
public record SourceSettings(
        String name,
        PostgresSettings postgres,
        List<TableSettings> tables,
        CommitSettings commit,
        LoadSettings load,
        RawSettings raw,
        Options options) {
    public SourceSettings {
        tables = List.copyOf(tables);
    }

    /**
     * The entry that a table of the database belongs to: the one with its name, else the first pattern that matches.
     *
     * @return empty if the table is not wanted in the lake
     */
    public Optional<TableSettings> find(String schema, String table) {
        return tables.stream()
                .filter(entry -> !entry.table().isPattern() && entry.table().matches(schema, table))
                .findFirst()
                .or(() -> tables.stream()
                        .filter(entry -> entry.table().matches(schema, table))
                        .findFirst());
    }
}
