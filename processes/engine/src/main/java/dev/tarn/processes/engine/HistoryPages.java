package dev.tarn.processes.engine;

import dev.tarn.processes.engine.asof.ConsistentMoment;
import dev.tarn.processes.engine.asof.LakeAsOf;
import dev.tarn.processes.engine.asof.LakeAsOf.MirroredTable;
import dev.tarn.processes.engine.asof.Moment;
import dev.tarn.processes.engine.history.EveryChange;
import dev.tarn.processes.engine.history.RowHistory;
import dev.tarn.processes.engine.history.RowKey;
import dev.tarn.processes.engine.history.RowVersion;
import dev.tarn.processes.engine.history.TableChanges;
import dev.tarn.processes.engine.history.TableDiff;
import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.KeptCommits.Commit;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What the API says of a table's past: {@code /tables/D/T/history} the versions of one row, {@code /tables/D/T/diff} what
 * differs between two moments, {@code /tables/D/T/changes} the rows that changed since one.
 */
final class HistoryPages {
    /** Before the name of a key column in an address. */
    private static final String COLUMN = "column.";

    private static final int MAX_ROWS = 1_000_000;

    private final LakeTables tables;
    private final Queries queries;
    private final LakeAsOf lake;

    HistoryPages(LakeTables tables, Queries queries, LakeAsOf lake) {
        this.tables = tables;
        this.queries = queries;
        this.lake = lake;
    }

    /** {@code history?key=7}, or {@code column.a=1&column.b=2}; {@code limit} versions, {@code every=true} change. */
    Map<String, @Nullable Object> history(CatalogTable table, ApiRequest request) throws IOException {
        long start = System.nanoTime();
        HudiTable hudi = tables.open(table);
        RowKey key = key(table, hudi, request.parameters());
        RowHistory.Answer found = versions(table, hudi, key);
        List<RowVersion> versions = found.versions();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("key", key.values());
        answer.put("complete", found.complete());
        answer.put(
                "keptFrom",
                hudi.keptCommits().firstReadable().map(HistoryPages::commit).orElse(null));
        answer.put("baseFiles", found.baseFiles());
        answer.put("logFiles", found.logFiles());
        if ("true".equals(request.parameters().get("every"))) {
            EveryChange.Answer every = new EveryChange(hudi, rawFolder(), columns(table)).add(versions, key);
            versions = every.versions();
            answer.put("rawFiles", every.files());
            answer.put("rawChanges", every.changes());
        }
        if (versions.isEmpty()) {
            throw unknownRow(table, key, hudi, found.complete());
        }
        int limit = request.parameter("limit", MAX_ROWS, MAX_ROWS);
        answer.put("count", versions.size());
        answer.put("versions", versions.subList(0, Math.min(limit, versions.size())));
        answer.put("millis", (System.nanoTime() - start) / 1_000_000);
        return answer;
    }

    private RowHistory.Answer versions(CatalogTable table, HudiTable hudi, RowKey key) throws IOException {
        try {
            return new RowHistory(hudi).find(key);
        } catch (FileNotFoundException e) {
            // Cleaning took a file between the listing and the reading; what is listed now is there for a while.
            return new RowHistory(tables.open(table)).find(key);
        }
    }

    private static RowKey key(CatalogTable table, HudiTable hudi, Map<String, String> parameters) {
        Map<String, String> named = new TreeMap<>();
        parameters.forEach((name, value) -> {
            if (name.startsWith(COLUMN)) {
                named.put(name.substring(COLUMN.length()), value);
            }
        });
        return RowKey.parse(
                table.fullName(),
                RowHistory.keyColumns(hudi),
                table.schema(),
                parameters.getOrDefault("key", ""),
                named);
    }

    private static RefusedException unknownRow(CatalogTable table, RowKey key, HudiTable hudi, boolean complete) {
        String since = hudi.keptCommits()
                .firstReadable()
                .map(commit -> Objects.toString(commit.completedAt(), commit.instant()))
                .orElse("its first commit");
        return new RefusedException(
                404,
                "ROW_UNKNOWN",
                "Cannot show the history of row '" + key + "' of table '" + table.fullName() + "': "
                        + (complete
                                ? "the table never had a row with this key."
                                : "no file that is kept has a row with this key; history is kept from " + since
                                        + " on.")
                        + " Its key is " + String.join(", ", key.values().keySet()) + ".");
    }

    /** Where the raw sink of each source writes. */
    private String rawFolder() {
        return tables.session().conf().get("spark.sql.warehouse.dir") + "/raw";
    }

    private static java.util.Set<String> columns(CatalogTable table) {
        return Arrays.stream(table.schema().fieldNames())
                .filter(column -> !column.startsWith("_hoodie_"))
                .collect(Collectors.toSet());
    }

    /** {@code diff?from=A&to=B}, with {@code columns=a,b}, {@code limit=0} for the counts alone; without {@code to}, as it is. */
    Map<String, @Nullable Object> diff(CatalogTable table, ApiRequest request) throws InterruptedException {
        Period period = period(table, request, "from", "to");
        List<String> columns = words(request.parameters().getOrDefault("columns", ""));
        int limit = limit(request);
        TableDiff diff =
                new TableDiff(ownSession(), table.fullName(), table.path(), RowHistory.keyColumns(period.hudi()));
        TableDiff.Answer found = queries.limited(
                timeout(request),
                () -> diff.compare(period.from().instant(), period.to().instant(), columns, limit));
        Map<String, @Nullable Object> answer = period.answer("from", "to");
        answer.put("added", found.added());
        answer.put("removed", found.removed());
        answer.put("changed", found.changed());
        answer.put("changedColumns", found.changedColumns());
        answer.put("rows", found.rows().stream().map(HistoryPages::difference).toList());
        answer.put("millis", period.millis());
        return answer;
    }

    /** {@code changes?since=A&until=B}, with {@code limit=0} for the counts alone. */
    Map<String, @Nullable Object> changes(CatalogTable table, ApiRequest request) throws InterruptedException {
        Period period = period(table, request, "since", "until");
        int limit = limit(request);
        TableChanges changes = new TableChanges(ownSession(), table.path(), RowHistory.keyColumns(period.hudi()));
        TableChanges.Answer found = queries.limited(
                timeout(request),
                () -> changes.find(period.from().instant(), period.to().instant(), limit));
        Map<String, @Nullable Object> answer = period.answer("since", "until");
        answer.put("operations", found.operations());
        answer.put("rows", found.rows().stream().map(HistoryPages::changedRow).toList());
        answer.put("millis", period.millis());
        return answer;
    }

    /** Two states of a table, the older one first. */
    private record Period(HudiTable hudi, State from, State to, long startNanos) {
        Map<String, @Nullable Object> answer(String fromName, String toName) {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put(fromName, from.answer());
            answer.put(toName, to.answer());
            return answer;
        }

        long millis() {
            return (System.nanoTime() - startNanos) / 1_000_000;
        }
    }

    /** A state of a table, and the moment of its source that it shows. */
    private record State(ConsistentMoment moment, ConsistentMoment.TableAt table) {
        String instant() {
            return table.instant();
        }

        Map<String, @Nullable Object> answer() {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("instant", table.instant());
            fields.put("completedAt", table.completedAt());
            fields.put("at", Objects.toString(moment.at(), null));
            fields.put("exact", moment.exact());
            return fields;
        }
    }

    private Period period(CatalogTable table, ApiRequest request, String fromName, String toName) {
        long start = System.nanoTime();
        String from = request.parameters().get(fromName);
        if (from == null) {
            throw new RefusedException(400, "BAD_REQUEST", "Cannot answer: parameter '" + fromName + "' is missing.");
        }
        Moment first = Moment.parse(from);
        String to = request.parameters().get(toName);
        @Nullable Moment last = to == null ? null : Moment.parse(to);
        HudiTable hudi = tables.open(table);
        State older = state(table, first);
        State newer = state(table, last);
        if (older.instant().compareTo(newer.instant()) > 0) {
            throw new RefusedException(
                    400,
                    "MOMENT_ORDER",
                    "Cannot compare table '" + table.fullName() + "' as of " + first + " and "
                            + (last == null ? "as it is" : "as of " + last)
                            + ": the first is the later one. Change them over.");
        }
        return new Period(hudi, older, newer, start);
    }

    /** @param moment null for the table as it is */
    private State state(CatalogTable table, @Nullable Moment moment) {
        MirroredTable mirrored = new MirroredTable(table.fullName(), table.path(), table.source());
        ConsistentMoment found = moment == null ? lake.newest(mirrored) : lake.find(moment, List.of(mirrored));
        return new State(found, found.of(mirrored.name()));
    }

    private static int limit(ApiRequest request) {
        return "0".equals(request.parameters().get("limit")) ? 0 : request.parameter("limit", 1_000, MAX_ROWS);
    }

    private static Duration timeout(ApiRequest request) {
        return Duration.ofSeconds(request.parameter("timeoutSeconds", 300, 24 * 60 * 60));
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private SparkSession ownSession() {
        SparkSession session = tables.session().newSession();
        session.conf().set("spark.sql.datetime.java8API.enabled", true);
        return session;
    }

    private static Map<String, @Nullable Object> commit(Commit commit) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("instant", commit.instant());
        fields.put("completedAt", Objects.toString(commit.completedAt(), null));
        return fields;
    }

    private static Map<String, @Nullable Object> difference(TableDiff.RowDifference row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("change", row.change());
        fields.put("key", json(row.key()));
        fields.put(
                "columns",
                row.columns().stream()
                        .map(column -> new RowVersion.ColumnChange(
                                column.column(), JsonValues.of(column.old()), JsonValues.of(column.now())))
                        .toList());
        return fields;
    }

    private static Map<String, @Nullable Object> changedRow(TableChanges.ChangedRow row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("operation", row.operation());
        fields.put("key", json(row.key()));
        fields.put("instant", row.instant());
        fields.put("lsn", row.lsn());
        fields.put(
                "sourceTime",
                row.sourceTimeMillis() == null
                        ? null
                        : Instant.ofEpochMilli(row.sourceTimeMillis()).toString());
        fields.put("row", json(row.row()));
        return fields;
    }

    private static Map<String, @Nullable Object> json(Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        values.forEach((column, value) -> fields.put(column, JsonValues.of(value)));
        return fields;
    }
}
