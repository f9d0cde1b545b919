package dev.tarn.cli.server;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.lake.LakeLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How tables are kept, and what can be done about it. What the engine or a table's writer refuses is a {@link ServerFailure}. */
public final class LakeUpkeep {
    private final ServerClient server;

    private LakeUpkeep(ServerClient server) {
        this.server = server;
    }

    /** Of a lake that must run. */
    public static LakeUpkeep of(LakeLocation lake) {
        return new LakeUpkeep(ServerClient.of(lake));
    }

    /** How a table is kept: sections of numbers, as the engine names them. */
    public Map<String, Object> stats(TableNames table) {
        return server.ask(
                "see how table '" + table.fullName() + "' is kept",
                "GET",
                LakeTables.path(table) + "/stats",
                "",
                JsonFields::values);
    }

    /** The savepoints of a table, newest first. */
    public List<Map<String, Object>> savepoints(TableNames table) {
        return server.ask(
                "see the savepoints of table '" + table.fullName() + "'",
                "GET",
                LakeTables.path(table) + "/savepoints",
                "",
                answer -> {
                    List<Map<String, Object>> savepoints = new ArrayList<>();
                    for (JsonFields savepoint : answer.objects("savepoints")) {
                        savepoints.add(savepoint.values());
                    }
                    return savepoints;
                });
    }

    /**
     * Has something done to a table, or has it told what that would do.
     *
     * @param action such as {@code clean}
     * @param how its parameters; {@code dryRun} where nothing shall change
     * @return what was done, as the writer names it
     */
    public Map<String, Object> act(TableNames table, String action, Map<String, Object> how, Duration patience) {
        Map<String, Object> body = new HashMap<>(how);
        body.put("timeoutSeconds", patience.toSeconds());
        return server.ask(
                action.replace('-', ' ') + " table '" + table.fullName() + "'",
                "POST",
                LakeTables.path(table) + "/" + action,
                json(body),
                JsonFields::values);
    }

    private static String json(Map<String, Object> body) {
        try {
            return JSON.std.asString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
