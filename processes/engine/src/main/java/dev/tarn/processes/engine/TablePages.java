package dev.tarn.processes.engine;

import dev.tarn.processes.engine.hudi.CompactionRequest;
import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the API says of tables: {@code /tables}, {@code /tables/D/T} and what lies below. */
final class TablePages implements EngineApi.Page {
    private static final Set<String> POSTED = Set.of("compact", "rows");

    private final LakeTables tables;
    private final Queries queries;
    private final VerifyPage verify;
    private final Set<String> compacting = ConcurrentHashMap.newKeySet();

    TablePages(LakeTables tables, Queries queries, VerifyPage verify) {
        this.tables = tables;
        this.queries = queries;
        this.verify = verify;
    }

    @Override
    public Object answer(ApiRequest request) throws Exception {
        List<String> path = request.path();
        String page = path.size() == 4 ? path.get(3) : "";
        EngineApi.requireMethod(request, POSTED.contains(page) ? "POST" : "GET");
        if (path.size() == 1) {
            return list(request);
        }
        if (path.size() < 3 || path.size() > 4) {
            throw EngineApi.unknown(request);
        }
        CatalogTable table = tables.load(path.get(1), path.get(2));
        return switch (page) {
            case "" -> TableDetails.of(table, tables, queries);
            case "timeline" ->
                Map.of("timeline", open(table).timeline().newest(request.parameter("limit", 50, 10_000)));
            case "files" -> Map.of("files", open(table).files().groups());
            case "history" -> new HistoryPages(tables, queries).history(table, request);
            case "diff" -> new HistoryPages(tables, queries).diff(table, request);
            case "changes" -> new HistoryPages(tables, queries).changes(table, request);
            case "compact" -> compact(table, request.timeout(120));
            case "rows" -> verify.answer(table, request);
            default -> throw EngineApi.unknown(request);
        };
    }

    /** With {@code names=only}, what the catalog says; else also what lies on storage. */
    private Object list(ApiRequest request) {
        List<CatalogTable> all = tables.list();
        return Map.of(
                "tables",
                "only".equals(request.parameters().get("names"))
                        ? all
                        : all.stream().map(tables::status).toList());
    }

    private HudiTable open(CatalogTable table) {
        return tables.open(table);
    }

    private Map<String, @Nullable Object> compact(CatalogTable table, Duration patience) throws Exception {
        if (!open(table).isMergeOnRead()) {
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
                    "Cannot compact table '" + table.fullName()
                            + "': it is the lake's own, so no writer of Tarn's holds it. Use SQL: CALL"
                            + " run_compaction(op => 'run', table => '" + table.fullName() + "').");
        }
        if (!compacting.add(table.path())) {
            throw new RefusedException(
                    409,
                    "COMPACTING",
                    "Cannot compact table '" + table.fullName() + "': someone else has just asked for it. Try again"
                            + " when that has ended.");
        }
        long start = System.nanoTime();
        try {
            Optional<String> instant = new CompactionRequest(table.path(), tables.hadoop()).send(patience);
            Map<String, @Nullable Object> answer = new HashMap<>();
            answer.put("compacted", instant.isPresent());
            answer.put("instant", instant.orElse(null));
            answer.put("millis", (System.nanoTime() - start) / 1_000_000);
            return answer;
        } catch (TimeoutException e) {
            throw new RefusedException(
                    504,
                    "COMPACT_TIMEOUT",
                    "Cannot compact table '" + table.fullName() + "' within " + patience.toSeconds()
                            + " s: its writer has not finished. 'tarn status' tells whether service collect runs;"
                            + " 'tarn table timeline " + table.fullName() + "' shows a compaction that goes on.");
        } finally {
            compacting.remove(table.path());
        }
    }
}
