package dev.tarn.settings.source;

import java.util.List;
import java.util.Set;

/** The keys of sources/*.yaml. */
final class SourceKeys {
    static final List<String> SOURCE = List.of("postgres", "database", "tables", "commit", "load", "raw", "options");
    static final List<String> POSTGRES = List.of("url", "user", "password");
    static final List<String> TABLE =
            List.of("table", "key", "partition", "type", "deletes", "into", "version", "compression", "history");
    static final List<String> COMMIT = List.of("interval", "changes");
    static final List<String> LOAD = List.of("through", "connections", "max-rows-per-second");
    static final List<String> RAW = List.of("interval", "records", "tombstones");
    /** Options of the connector that Tarn sets itself. */
    static final Set<String> OUR_OPTIONS = Set.of(
            "connector.class",
            "converters",
            "custom.metric.tags",
            "database.dbname",
            "database.hostname",
            "database.password",
            "database.port",
            "database.user",
            "decimal.handling.mode",
            "event.converting.failure.handling.mode",
            "extended.headers.enabled",
            "field.name.adjustment.mode",
            "header.converter",
            "heartbeat.interval.ms",
            "key.converter",
            "lsn.flush.mode",
            "message.key.columns",
            "offset.mismatch.strategy",
            "plugin.name",
            "publication.autocreate.mode",
            "publication.name",
            "publish.via.partition.root",
            "schema.name.adjustment.mode",
            "signal.enabled.channels",
            "signal.file",
            "signal.poll.interval.ms",
            "skipped.operations",
            "slot.name",
            "table.include.list",
            "tarn.slot.seen",
            "tasks.max",
            "time.precision.mode",
            "timestamps.type",
            "topic.creation.default.partitions",
            "topic.prefix",
            "transforms",
            "value.converter");

    private SourceKeys() {}
}
