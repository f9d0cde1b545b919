package dev.tarn.processes.engine;

import dev.tarn.processes.engine.asof.LakeAsOf;
import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.TableTimeline;
import dev.tarn.processes.engine.hudi.TimelineEntry;
import java.util.List;
import java.util.Map;

/** What the API says of tables: {@code /tables}, {@code /tables/D/T} and what lies below. */
final class TablePages implements EngineApi.Page {
    private final LakeTables tables;
    private final Queries queries;
    private final HistoryPages history;
    private final UpkeepPages upkeep;
    private final VerifyPage verify;

    TablePages(LakeTables tables, Queries queries, LakeAsOf lake, VerifyPage verify) {
        this.tables = tables;
        this.queries = queries;
        this.history = new HistoryPages(tables, queries, lake);
        this.upkeep = new UpkeepPages(tables);
        this.verify = verify;
    }

    @Override
    public Object answer(ApiRequest request) throws Exception {
        List<String> path = request.path();
        String page = path.size() == 4 ? path.get(3) : "";
        EngineApi.requireMethod(request, page.equals("rows") || UpkeepPages.isAction(page) ? "POST" : "GET");
        if (path.size() == 1) {
            return list(request);
        }
        if (path.size() < 3 || path.size() > 4) {
            throw EngineApi.unknown(request);
        }
        CatalogTable table = tables.load(path.get(1), path.get(2));
        return switch (page) {
            case "" -> TableDetails.of(table, tables, queries);
            case "timeline" -> Map.of("timeline", timeline(table, request));
            case "files" -> Map.of("files", open(table).files().groups());
            case "history" -> history.history(table, request);
            case "diff" -> history.diff(table, request);
            case "changes" -> history.changes(table, request);
            case "rows" -> verify.answer(table, request);
            default -> upkeep.answer(page, table, request);
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

    /** With {@code archived=true}, also what Hudi has moved out of the active timeline. */
    private List<TimelineEntry> timeline(CatalogTable table, ApiRequest request) {
        int limit = request.parameter("limit", 50, 10_000);
        TableTimeline timeline = open(table).timeline();
        return "true".equals(request.parameters().get("archived"))
                ? timeline.newestWithArchived(limit)
                : timeline.newest(limit);
    }
}
