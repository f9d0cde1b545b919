package dev.tarn.server;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.settings.read.Spelling;
import dev.tarn.settings.stream.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/streams}: what the files of the lake say of streams, which are read anew for each request, with what the
 * engine says of those that run. What is done with a stream, the engine does.
 */
final class StreamRequests {
    static final String STREAMS = "/api/v1/streams";

    private static final List<String> ACTIONS = List.of("start", "watch", "batch", "stop");

    private final Path lake;
    private final EngineClient engine;

    StreamRequests(Path lake, EngineClient engine) {
        this.lake = lake;
        this.engine = engine;
    }

    /** What a request is answered with. */
    Map<String, ? extends @Nullable Object> answer(HttpExchange exchange) throws IOException {
        String[] path =
                exchange.getRequestURI().getPath().substring(STREAMS.length()).split("/");
        boolean asks = exchange.getRequestMethod().equals("GET");
        if (path.length <= 1 && asks) {
            return Map.of("streams", all());
        }
        if (path.length == 2 && asks) {
            return one(path[1], exchange.getRequestURI().getQuery());
        }
        if (path.length == 3 && !asks && ACTIONS.contains(path[2])) {
            return act(path[1], path[2], exchange);
        }
        throw new TarnException(
                ErrorKind.USER,
                "USAGE",
                "Cannot answer: there is nothing at '" + exchange.getRequestURI() + "'. Use GET " + STREAMS + ".");
    }

    private Map<String, ? extends @Nullable Object> act(String name, String action, HttpExchange exchange)
            throws IOException {
        if (action.equals("stop")) {
            // Also one whose file is gone.
            Map<String, Object> stopped = engine.ask("/streams/" + name + "/stop", Map.of());
            if (Boolean.FALSE.equals(stopped.get("stopped"))) {
                require(name);
            }
            return stopped;
        }
        byte[] sent = exchange.getRequestBody().readAllBytes();
        Map<String, @Nullable Object> body = new LinkedHashMap<>(sent.length == 0 ? Map.of() : JSON.std.mapFrom(sent));
        body.put("stream", StreamDocument.of(require(name)));
        return engine.ask("/streams/" + name + "/" + action, body);
    }

    private Map<String, @Nullable Object> one(String name, @Nullable String query) throws IOException {
        Map<String, Object> told = engine.load("/streams/" + name + (query == null ? "" : "?" + query));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        @Nullable Object status = told.get("stream");
        StreamSettings stream = status == null
                ? require(name)
                : StreamSettings.loadAll(lake).stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElse(null);
        answer.put("stream", merge(stream, name, Boolean.FALSE.equals(told.get("begun")) ? "new" : "stopped", status));
        answer.put("batches", told.get("batches"));
        return answer;
    }

    private List<Map<String, @Nullable Object>> all() throws IOException {
        Map<String, Object> running = new LinkedHashMap<>();
        Map<String, Object> told = engine.load("/streams");
        if (told.get("streams") instanceof List<?> list) {
            list.forEach(each -> running.put(String.valueOf(((Map<?, ?>) each).get("name")), each));
        }
        List<Map<String, @Nullable Object>> streams = new ArrayList<>();
        for (StreamSettings stream : StreamSettings.loadAll(lake)) {
            String rest =
                    told.get("begun") instanceof List<?> begun && !begun.contains(stream.name()) ? "new" : "stopped";
            streams.add(merge(stream, stream.name(), rest, running.remove(stream.name())));
        }
        running.forEach((name, status) -> streams.add(merge(null, name, "stopped", status)));
        return streams;
    }

    /** @param rest the state of a stream of which the engine tells nothing */
    private static Map<String, @Nullable Object> merge(
            @Nullable StreamSettings stream, String name, String rest, @Nullable Object status) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("state", rest);
        if (stream != null) {
            fields.put("inputs", StreamDocument.sources(stream));
            fields.put("output", StreamDocument.target(stream.output()));
            fields.put("mode", stream.mode().name().toLowerCase(Locale.ROOT));
            fields.put("sql", stream.sql());
        }
        if (status instanceof Map<?, ?> told) {
            told.forEach((key, value) -> fields.put(String.valueOf(key), value));
        }
        return fields;
    }

    private StreamSettings require(String name) {
        List<StreamSettings> streams = StreamSettings.loadAll(lake);
        return streams.stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        unknown(name, streams.stream().map(StreamSettings::name).toList()));
    }

    private static TarnException unknown(String name, List<String> known) {
        String advice = known.isEmpty()
                ? ": there is none. Describe one in streams/" + name + ".yaml."
                : Spelling.advice(name, known, "the lake has");
        return new TarnException(
                ErrorKind.USER,
                "STREAM_UNKNOWN",
                "Cannot find stream '" + name + "'"
                        + (advice.endsWith("?") || advice.endsWith(".") ? advice : advice + "."));
    }
}
