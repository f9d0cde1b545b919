package dev.tarn.settings.source;

import java.util.List;
import java.util.Set;

/** The keys of sources/*.yaml. */
final class SourceKeys {
    static final List<String> SOURCE = List.of("postgres", "database", "tables", "commit", "raw", "options");
    static final List<String> POSTGRES = List.of("url", "user", "password");
    static final List<String> TABLE =
            List.of("table", "key", "partition", "type", "deletes", "into", "version", "compression", "history");
    static final List<String> COMMIT = List.of("interval", "changes");
    static final List<String> RAW = List.of("interval", "records", "tombstones");
    /** Options of the connector that Tarn sets itself. */
    static final Set<String> OUR_OPTIONS = Set.of(
            "connector.class",
            "converters",
            "database.dbname",
            "database.hostname",
            "database.password",
            "database.port",
            "database.user",
            "decimal.handling.mode",
            "field.name.adjustment.mode",
            "key.converter",
            "lsn.flush.mode",
            "message.key.columns",
            "plugin.name",
            "publication.autocreate.mode",
            "publication.name",
            "schema.name.adjustment.mode",
            "signal.enabled.channels",
            "slot.name",
            "table.include.list",
            "time.precision.mode",
            "topic.prefix",
            "transforms",
            "value.converter");

    private SourceKeys() {}
}
