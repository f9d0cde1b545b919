package dev.tarn.server;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import dev.tarn.analyze.postgres.PostgresRows;
import dev.tarn.analyze.postgres.PostgresRows.DatabaseException;
import dev.tarn.analyze.postgres.PostgresTable;
import dev.tarn.analyze.verify.ColumnForm;
import dev.tarn.analyze.verify.Comparison;
import dev.tarn.analyze.verify.Fault;
import dev.tarn.analyze.verify.TableComparison;
import dev.tarn.analyze.verify.TableComparison.Clock;
import dev.tarn.collect.capture.Capture;
import dev.tarn.collect.capture.FollowedTable;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Compares tables with their sources: {@code POST /api/v1/tables/D/T/verify}. One at a time, for the sums and hashes of a
 * table are kept in this small process.
 */
final class TableVerification {
    static final String TABLES = "/api/v1/tables";

    private static final String PAGE = "/verify";
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MAX_LIMIT = 1_000;

    private final Capture capture;
    private final EngineClient engine;
    private final Semaphore turn = new Semaphore(1, true);

    TableVerification(Capture capture, EngineClient engine) {
        this.capture = capture;
        this.engine = engine;
    }

    static boolean isAskedFor(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().endsWith(PAGE);
    }

    /** What the body asks for. */
    private record Options(int limit, Duration patience, Duration quiet, boolean repairs) {
        static Options read(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, Object> fields = body.length == 0 ? Map.of() : JSON.std.mapFrom(body);
            return new Options(
                    number(fields, "limit", 20, MAX_LIMIT),
                    Duration.ofSeconds(number(fields, "timeoutSeconds", 60, 24 * 60 * 60)),
                    Duration.ofSeconds(number(fields, "quietSeconds", 10, 60 * 60)),
                    Boolean.TRUE.equals(fields.get("repair")));
        }

        private static int number(Map<String, Object> fields, String name, int usual, int max) {
            Object value = fields.getOrDefault(name, usual);
            if (value instanceof Integer number && number >= 0 && number <= max) {
                return number;
            }
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot verify: '" + name + "' is a whole number from 0 to " + max + ", and not '" + value
                            + "'. Correct it.");
        }
    }

    Map<String, ? extends @Nullable Object> answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String[] names =
                path.substring(TABLES.length(), path.length() - PAGE.length()).split("/", -1);
        if (names.length != 3) {
            throw new TarnException(
                    ErrorKind.USER, "USAGE", "Cannot answer '" + path + "': use " + TABLES + "/DATABASE/TABLE/verify.");
        }
        Options options = Options.read(exchange);
        try {
            turn.acquire();
            try {
                return verify(decoded(names[1]), decoded(names[2]), "/tables/" + names[1] + "/" + names[2], options);
            } finally {
                turn.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TarnException(
                    ErrorKind.EXTERNAL, "STOPPING", "Cannot verify: the lake stops. Try again when it is up.", e);
        }
    }

    private static String decoded(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }

    private Map<String, ? extends @Nullable Object> verify(String database, String name, String path, Options options)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        String fullName = database + "." + name;
        Map<String, String> lakeTypes = EngineRows.columns(engine, path);
        FollowedTable followed = capture.find(database, name).orElseThrow(() -> noSource(fullName));
        try (Connection connection = followed.address().connect(ANSWER_LIMIT)) {
            PostgresTable table = PostgresTable.read(
                    connection, followed.table().schema(), followed.table().name());
            ComparedColumns columns = ComparedColumns.of(fullName, table, followed.key(), lakeTypes);
            try (PostgresRows source = new PostgresRows(
                    connection, table, followed.slot(), columns.source(), columns.forms(), columns.keys())) {
                EngineRows lake = new EngineRows(
                        engine,
                        path,
                        columns.lake(),
                        columns.forms().stream().map(ColumnForm::toString).toList(),
                        columns.keys());
                Compare compare = () -> new TableComparison(
                                source,
                                lake,
                                columns.lake(),
                                new TableComparison.Settings(
                                        options.limit(), options.patience(), options.quiet(), PAUSE),
                                Clock.ofThisComputer())
                        .run(table.rows(), () -> capture.flows(database, name));
                Comparison comparison = compare.run();
                int repaired = 0;
                if (options.repairs() && !comparison.faults().isEmpty()) {
                    repaired = new RowRepair(source, lake, columns, lakeTypes, followed).run(comparison.faults());
                    comparison = compare.run();
                }
                Map<String, @Nullable Object> document = document(fullName, followed, columns, comparison, options);
                document.put("repaired", repaired);
                document.put("millis", (System.nanoTime() - start) / 1_000_000);
                return document;
            }
        } catch (SQLException | DatabaseException e) {
            throw new TarnException(
                    ErrorKind.EXTERNAL,
                    "SOURCE_UNREACHABLE",
                    "Cannot verify table '" + fullName + "': the database of source '" + followed.source() + "' at "
                            + followed.address().jdbcUrl() + " gives no answer: " + e.getMessage()
                            + ". 'tarn source show " + followed.source() + "' tells its state.",
                    e);
        }
    }

    private interface Compare {
        Comparison run() throws InterruptedException;
    }

    private static TarnException noSource(String table) {
        return new TarnException(
                ErrorKind.USER,
                "VERIFY_NO_SOURCE",
                "Cannot verify table '" + table
                        + "': no source of this lake feeds it, so there is nothing to compare it"
                        + " with. 'tarn source list' shows the sources, and whether they have started.");
    }

    private static Map<String, @Nullable Object> document(
            String name, FollowedTable followed, ComparedColumns columns, Comparison comparison, Options options) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("table", name);
        document.put("source", followed.source() + ": " + followed.table().fullName());
        document.put("equal", comparison.faults().isEmpty() && comparison.undecided() == 0 && comparison.complete());
        document.put("lsn", comparison.lsn());
        document.put("laterLsn", comparison.laterLsn());
        document.put("rows", comparison.rows());
        comparison.counts().forEach(document::put);
        document.put("changedMeanwhile", comparison.changed());
        document.put("undecided", comparison.undecided());
        document.put("behind", comparison.behind());
        document.put("complete", comparison.complete());
        List<Map<String, Object>> left = new ArrayList<>();
        columns.left().forEach((column, reason) -> left.add(Map.of("column", column, "reason", reason)));
        document.put("notCompared", left);
        document.put(
                "faults",
                comparison.faults().stream()
                        .limit(options.limit())
                        .map(fault -> fault(fault, columns))
                        .toList());
        return document;
    }

    private static Map<String, Object> fault(Fault fault, ComparedColumns columns) {
        Map<String, Object> key = new LinkedHashMap<>();
        for (int i = 0; i < fault.key().size(); i++) {
            key.put(columns.lake().get(i), fault.key().get(i));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", fault.kind().toString());
        document.put("key", key);
        document.put(
                "columns",
                fault.columns().stream().map(TableVerification::difference).toList());
        document.put("partitions", fault.partitions());
        return document;
    }

    private static Map<String, @Nullable Object> difference(Fault.Difference difference) {
        int from = Excerpt.firstDifference(difference.source(), difference.lake());
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("column", difference.column());
        document.put("source", Excerpt.of(difference.source(), from));
        document.put("lake", Excerpt.of(difference.lake(), from));
        return document;
    }
}
