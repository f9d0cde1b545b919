package dev.tarn.processes.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.upkeep.Savepoints;
import dev.tarn.processes.engine.upkeep.TableStats;
import dev.tarn.processes.engine.upkeep.WriterRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/**
 * What the API says of how a table is kept, {@code stats} and {@code savepoints}, and what can be done about it, which the
 * table's writer does: {@code compact}, {@code clean}, {@code cluster}, {@code savepoint}, {@code delete-savepoint} and
 * {@code rollback}. With {@code dryRun}, it only tells.
 */
final class UpkeepPages {
    /** Hudi's procedures for tables that SQL may change. */
    private static final Map<String, String> OWN = Map.of(
            "compact", "run_compaction(op => 'run', table => '%s')",
            "clean", "run_clean(table => '%s')",
            "cluster", "run_clustering(table => '%s')",
            "savepoint", "create_savepoint(table => '%s', commit_time => '…')",
            "delete-savepoint", "delete_savepoint(table => '%s', instant_time => '…')",
            "rollback", "rollback_to_savepoint(table => '%s', instant_time => '…')");

    private final LakeTables tables;

    UpkeepPages(LakeTables tables) {
        this.tables = tables;
    }

    /** Whether a page does something, and is asked with POST. */
    static boolean isAction(String page) {
        return OWN.containsKey(page);
    }

    /** The answer of a page about a table. */
    Object answer(String page, CatalogTable table, ApiRequest request) throws Exception {
        HudiTable hudi = tables.open(table);
        if (page.equals("stats")) {
            return TableStats.of(hudi);
        }
        if (page.equals("savepoints")) {
            return Map.of("savepoints", Savepoints.list(hudi));
        }
        if (!isAction(page)) {
            throw EngineApi.unknown(request);
        }
        if (page.equals("compact") && !hudi.isMergeOnRead()) {
            throw new RefusedException(
                    400,
                    "NOT_MERGE_ON_READ",
                    "Cannot compact table '" + table.fullName()
                            + "': it is copy-on-write, so it has no logs to compact.");
        }
        if (table.source().isEmpty()) {
            throw new RefusedException(
                    400,
                    "NO_WRITER",
                    "Cannot " + page.replace('-', ' ') + " table '" + table.fullName()
                            + "': it is the lake's own, so no writer of Tarn's holds it. Use SQL: CALL "
                            + Objects.requireNonNull(OWN.get(page)).formatted(table.fullName()) + ".");
        }
        boolean dryRun = request.body().path("dryRun").asBoolean(false);
        if (page.equals("rollback")
                && !dryRun
                && !request.body().path("readAgain").asBoolean(false)) {
            throw new RefusedException(
                    409,
                    "MIRRORED",
                    "Cannot roll back table '" + table.fullName() + "': it mirrors " + table.source()
                            + ", and the mirror reads on from the older commit, so the rows come again. Add"
                            + " --and-read-again if that is what you want.");
        }
        ObjectNode asked = request.body().isObject()
                ? ((ObjectNode) request.body()).deepCopy()
                : JsonNodeFactory.instance.objectNode();
        return ask(page, table, asked.put("kind", page), request.timeout(120));
    }

    private JsonNode ask(String page, CatalogTable table, ObjectNode request, Duration patience) throws Exception {
        long start = System.nanoTime();
        try {
            JsonNode answer = new WriterRequest(table.path(), tables.hadoop()).send(request, patience);
            JsonNode refusal = answer.path("refusal");
            if (refusal.isObject()) {
                throw new RefusedException(
                        refusal.path("user").asBoolean() ? 400 : 503,
                        refusal.path("code").asText(),
                        refusal.path("message").asText());
            }
            ObjectNode report = (ObjectNode) answer.path("report");
            return report.put("millis", (System.nanoTime() - start) / 1_000_000);
        } catch (TimeoutException e) {
            throw new RefusedException(
                    504,
                    "UPKEEP_TIMEOUT",
                    "Cannot " + page.replace('-', ' ') + " table '" + table.fullName() + "' within "
                            + patience.toSeconds() + " s: " + e.getMessage()
                            + ". 'tarn status' tells whether service collect runs; 'tarn table timeline "
                            + table.fullName() + "' shows what goes on.");
        }
    }
}
