package dev.tarn.server;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import dev.tarn.collect.capture.Capture;
import dev.tarn.collect.capture.SourceStatus;
import dev.tarn.collect.capture.SourceStatus.TableStatus;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is asked of one source: {@code POST …/NAME/sql} with SQL, {@code POST …/NAME/load} with a list of tables. */
final class SourceRequests {
    static final String SOURCES = "/api/v1/sources";

    private final Capture capture;

    SourceRequests(Capture capture) {
        this.capture = capture;
    }

    Map<String, ? extends @Nullable Object> answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(SOURCES.length() + 1);
        int slash = path.lastIndexOf('/');
        String source = slash < 0 ? path : path.substring(0, slash);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return switch (path.substring(slash + 1)) {
            case "sql" -> SourceReport.results(capture.run(source, body).orElseThrow(() -> unknown(source)));
            case "load" -> load(source, JSON.std.listOfFrom(String.class, body));
            default ->
                throw new TarnException(
                        ErrorKind.USER,
                        "USAGE",
                        "Cannot answer '" + path + "': there are …/sql and …/load. Use one of them.");
        };
    }

    private Map<String, Object> load(String source, List<String> tables) {
        SourceStatus status = capture.statuses().stream()
                .filter(each -> each.name().equals(source))
                .findFirst()
                .orElseThrow(() -> unknown(source));
        List<String> known = status.tables().stream().map(TableStatus::table).toList();
        for (String table : tables) {
            if (!known.contains(table)) {
                throw new TarnException(
                        ErrorKind.USER,
                        "SOURCE_TABLE",
                        "Cannot load '" + table + "': source '" + source + "' has "
                                + (known.isEmpty() ? "no table yet" : String.join(", ", known))
                                + ". Name one of its tables with its schema.");
            }
        }
        try {
            return Map.of("tables", capture.load(source, tables).orElseThrow(() -> unknown(source)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TarnException(
                    ErrorKind.RESOURCES,
                    "SOURCE_LOAD",
                    "Cannot load source '" + source + "': the lake is stopping.",
                    e);
        }
    }

    private TarnException unknown(String source) {
        String known = capture.statuses().stream().map(SourceStatus::name).collect(Collectors.joining(", "));
        return new TarnException(
                ErrorKind.USER,
                "SOURCE_UNKNOWN",
                "Cannot find source '" + source + "': "
                        + (known.isEmpty()
                                ? "there is none. Describe one in sources/" + source + ".yaml."
                                : "the lake has " + known + ". Name one of them."));
    }
}
