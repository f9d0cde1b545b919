package dev.tarn.cli.server;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.lake.Nearest;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables of a running lake. What the engine refuses is a {@link ServerFailure}. */
public final class LakeTables {
    private static final String TABLES = "/api/v1/tables";

    private final ServerClient server;

    private LakeTables(ServerClient server) {
        this.server = server;
    }

    /** The tables of a lake that must run. */
    public static LakeTables of(LakeLocation lake) {
        return new LakeTables(ServerClient.of(lake));
    }

    /** All tables. */
    public List<LakeTable> list() {
        return server.ask("see the tables of the lake", "GET", TABLES, "", answer -> {
            List<LakeTable> tables = new ArrayList<>();
            for (JsonFields table : answer.objects("tables")) {
                tables.add(LakeTable.parse(table));
            }
            return tables;
        });
    }

    /** The table that a user means by a name with its database, or without where that is enough. */
    public TableNames choose(String name) {
        List<TableNames> all = server.ask("see the tables of the lake", "GET", TABLES + "?names=only", "", answer -> {
            List<TableNames> tables = new ArrayList<>();
            for (JsonFields table : answer.objects("tables")) {
                tables.add(TableNames.parse(table));
            }
            return tables;
        });
        return choose(name, all);
    }

    static TableNames choose(String name, List<TableNames> all) {
        List<TableNames> meant =
                all.stream().filter(table -> table.matches(name)).toList();
        if (meant.size() == 1) {
            return meant.get(0);
        }
        if (meant.isEmpty()) {
            List<String> known = all.stream()
                    .flatMap(table -> Stream.of(table.table(), table.fullName()))
                    .toList();
            throw new TarnException(
                    ErrorKind.USER,
                    "TABLE_UNKNOWN",
                    "Cannot find table '" + name + "'. "
                            + Nearest.find(name, known)
                                    .map(nearest -> "Did you mean '" + nearest + "'?")
                                    .orElse("'tarn table list' shows those that there are."));
        }
        throw new TarnException(
                ErrorKind.USER,
                "TABLE_AMBIGUOUS",
                "Cannot choose table '" + name + "': there are "
                        + String.join(
                                " and ",
                                meant.stream().map(TableNames::fullName).toList())
                        + ". Name one with its database.");
    }

    /** One table in full. */
    public TableDetails load(TableNames table) {
        return server.ask("see table '" + table.fullName() + "'", "GET", path(table), "", TableDetails::parse);
    }

    /**
     * What happened to a table, newest first.
     *
     * @param archived whether to go on into what was moved out of the active timeline
     */
    public List<TimelineEntry> timeline(TableNames table, int limit, boolean archived) {
        String what = "see the timeline of table '" + table.fullName() + "'";
        return server.ask(
                what,
                "GET",
                path(table) + "/timeline?limit=" + limit + (archived ? "&archived=true" : ""),
                "",
                answer -> {
                    List<TimelineEntry> entries = new ArrayList<>();
                    for (JsonFields entry : answer.objects("timeline")) {
                        entries.add(TimelineEntry.parse(entry));
                    }
                    return entries;
                });
    }

    /** The file groups of a table. */
    public List<FileGroup> files(TableNames table) {
        String what = "see the files of table '" + table.fullName() + "'";
        return server.ask(what, "GET", path(table) + "/files", "", answer -> {
            List<FileGroup> groups = new ArrayList<>();
            for (JsonFields group : answer.objects("files")) {
                groups.add(FileGroup.parse(group));
            }
            return groups;
        });
    }

    /** Has a table compacted: the instant of the compaction, or nothing if there was nothing to compact. */
    public Optional<String> compact(TableNames table, Duration patience) {
        return server.ask(
                "compact table '" + table.fullName() + "'",
                "POST",
                path(table) + "/compact",
                json(Map.of("timeoutSeconds", patience.toSeconds())),
                answer -> Optional.ofNullable(answer.optionalText("instant")));
    }

    /** Has a table compared with its source. */
    public TableVerdict verify(TableNames table, VerifyOptions options) {
        return server.ask(
                "verify table '" + table.fullName() + "'",
                "POST",
                path(table) + "/verify",
                json(Map.of(
                        "limit", options.limit(),
                        "timeoutSeconds", options.patience().toSeconds(),
                        "quietSeconds", options.quiet().toSeconds(),
                        "repair", options.repairs())),
                TableVerdict::parse);
    }

    static String path(TableNames table) {
        return TABLES + "/" + URLEncoder.encode(table.database(), StandardCharsets.UTF_8) + "/"
                + URLEncoder.encode(table.table(), StandardCharsets.UTF_8);
    }

    private static String json(Map<String, Object> body) {
        try {
            return JSON.std.asString(body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
