package dev.tarn.settings.source;

import dev.tarn.settings.read.Counts;
import dev.tarn.settings.read.Durations;
import dev.tarn.settings.read.Names;
import dev.tarn.settings.read.ValueReader;
import dev.tarn.settings.read.YamlMap;
import dev.tarn.settings.read.YamlValue;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Options;
import dev.tarn.settings.secret.Secret;
import dev.tarn.settings.source.LoadSettings.Through;
import dev.tarn.settings.source.PostgresSettings.EmbeddedPostgres;
import dev.tarn.settings.source.PostgresSettings.ExternalPostgres;
import dev.tarn.settings.source.RawSettings.Tombstones;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one file of {@code sources/}. */
final class SourceReader {
    private static final PostgresUrl UNREAD = new PostgresUrl("unread", 1, "unread", Map.of());

    private static final Map<String, Tombstones> TOMBSTONES = Map.of("keep", Tombstones.KEEP, "drop", Tombstones.DROP);

    private static final Map<String, Through> THROUGH = Map.of("direct", Through.DIRECT, "kafka", Through.KAFKA);

    private final String name;
    private final ValueReader values;
    private final LakeTables lakeTables;

    SourceReader(String name, ValueReader values, LakeTables lakeTables) {
        this.name = name;
        this.values = values;
        this.lakeTables = lakeTables;
    }

    SourceSettings read(YamlMap file) {
        String database = file.read("database", name, value -> values.text(value, name, Names::name));
        PostgresSettings embedded = new EmbeddedPostgres(database);
        PostgresSettings postgres = file.require(
                "postgres",
                embedded,
                "write postgres: embedded, or its url, user and password",
                value -> postgres(value, embedded));
        if (postgres instanceof ExternalPostgres) {
            file.find("database")
                    .ifPresent(value ->
                            value.problem("database is for postgres: embedded alone; here the url names the database"));
        }
        List<TableSettings> tables = file.require(
                "tables", List.of(), "write a list of them, such as - table: public.artists", this::tables);
        Options options = file.read("options", Options.none(), value -> values.options(value, SourceKeys.OUR_OPTIONS));
        CommitSettings commit = file.read("commit", CommitSettings.DEFAULT, this::commit);
        LoadSettings load = file.read("load", LoadSettings.DEFAULT, this::load);
        RawSettings raw = file.read("raw", RawSettings.DEFAULT, this::raw);
        return new SourceSettings(name, postgres, tables, commit, load, raw, options);
    }

    private PostgresSettings postgres(YamlValue value, PostgresSettings embedded) {
        if (!value.isMap()) {
            String form = "must be 'embedded' or {url: …, user: …, password: …}";
            return values.word(value, embedded, Map.of("embedded", embedded), form);
        }
        Optional<YamlMap> map = value.map(SourceKeys.POSTGRES);
        return map.<PostgresSettings>map(postgres -> new ExternalPostgres(
                        postgres.require(
                                "url",
                                UNREAD,
                                "write url: \"jdbc:postgresql://host:5432/database\"",
                                url -> values.text(url, UNREAD, PostgresUrl::parse)),
                        new Login(
                                postgres.require(
                                        "user",
                                        "",
                                        "write the user that may replicate",
                                        user -> values.text(user, "", Names::filled)),
                                postgres.require(
                                        "password",
                                        Secret.of(""),
                                        "write a reference such as password: \"${env:PGPASSWORD}\"",
                                        values::secret))))
                .orElse(embedded);
    }

    private CommitSettings commit(YamlValue value) {
        CommitSettings otherwise = CommitSettings.DEFAULT;
        return value.map(SourceKeys.COMMIT)
                .map(map -> new CommitSettings(
                        duration(map, otherwise.interval()), count(map, "changes", otherwise.changes())))
                .orElse(otherwise);
    }

    private LoadSettings load(YamlValue value) {
        LoadSettings otherwise = LoadSettings.DEFAULT;
        return value.map(SourceKeys.LOAD)
                .map(map -> new LoadSettings(
                        map.read(
                                "through",
                                otherwise.through(),
                                through ->
                                        values.word(through, otherwise.through(), THROUGH, "must be direct or kafka")),
                        count(map, "connections", otherwise.connections()),
                        count(map, "max-rows-per-second", otherwise.maxRowsPerSecond())))
                .orElse(otherwise);
    }

    private RawSettings raw(YamlValue value) {
        RawSettings otherwise = RawSettings.DEFAULT;
        return value.map(SourceKeys.RAW)
                .map(map -> new RawSettings(
                        duration(map, otherwise.interval()),
                        count(map, "records", otherwise.records()),
                        map.read(
                                "tombstones",
                                otherwise.tombstones(),
                                tombstones ->
                                        values.word(tombstones, Tombstones.KEEP, TOMBSTONES, "must be keep or drop"))))
                .orElse(otherwise);
    }

    private Duration duration(YamlMap map, Duration otherwise) {
        return map.read("interval", otherwise, value -> values.text(value, otherwise, Durations::parse));
    }

    private int count(YamlMap map, String key, int otherwise) {
        return map.read(key, otherwise, value -> values.text(value, otherwise, Counts::parse));
    }

    private List<TableSettings> tables(YamlValue value) {
        List<YamlValue> entries = value.list("- table: public.artists");
        if (value.isList() && entries.isEmpty()) {
            value.problem("tables holds no table; write one such as - table: public.artists");
        }
        TableReader reader = new TableReader(values, lakeTables);
        return entries.stream().map(reader::read).flatMap(Optional::stream).toList();
    }
}
