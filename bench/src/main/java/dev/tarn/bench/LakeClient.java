package dev.tarn.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.ServerApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of a lake's server. */
final class LakeClient {
    private final ServerApi server;

    private LakeClient(ServerApi server) {
        this.server = server;
    }

    static LakeClient of(Path lake) {
        try {
            return new LakeClient(ServerApi.of(lake));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What happened to a table last, newest first. */
    List<TableEvent> timeline(String table, int limit) throws IOException, InterruptedException {
        List<TableEvent> events = new ArrayList<>();
        for (Object entry : list(call("GET", "/tables/" + table + "/timeline?limit=" + limit, ""), "timeline")) {
            events.add(TableEvent.of((Map<?, ?>) entry));
        }
        return events;
    }

    /** Runs SQL on Spark; rows as JSON has their values. */
    List<List<?>> query(String sql) throws IOException, InterruptedException {
        return query(sql, "spark", null);
    }

    /**
     * Runs SQL; rows as JSON has their values.
     *
     * @param engine {@code spark}, or {@code fast}, which refuses what it cannot do
     * @param asOf the moment of which the tables are; null for now
     */
    List<List<?>> query(String sql, String engine, @Nullable String asOf) throws IOException, InterruptedException {
        Map<String, Object> request =
                new HashMap<>(Map.of("sql", sql, "maxRows", 1000, "timeoutSeconds", 600, "engine", engine));
        if (asOf != null) {
            request.put("asOf", asOf);
        }
        String body = JSON.std.asString(request);
        List<List<?>> rows = new ArrayList<>();
        for (Object row : list(call("POST", "/query", body), "rows")) {
            rows.add((List<?>) row);
        }
        return rows;
    }

    /** Has a table compared with its source: the verdict. */
    Map<String, Object> verify(String table) throws IOException, InterruptedException {
        return call("POST", "/tables/" + table + "/verify", "{\"timeoutSeconds\":120}");
    }

    private Map<String, Object> call(String method, String path, String body) throws IOException, InterruptedException {
        ServerApi.Answer answer = server.ask(method, path, body);
        if (answer.status() != 200) {
            throw new IOException(method + " " + path + ": " + answer.status() + " " + answer.document());
        }
        return answer.document();
    }

    private static List<?> list(Map<String, Object> answer, String field) throws IOException {
        if (answer.get(field) instanceof List<?> list) {
            return list;
        }
        throw new IOException("the answer has no " + field);
    }
}
