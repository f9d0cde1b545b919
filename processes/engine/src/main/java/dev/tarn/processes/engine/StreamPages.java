package dev.tarn.processes.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.streams.StreamDefinition;
import dev.tarn.processes.engine.streams.Streams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /streams} tells of the streams that run or have run, and of all names that have begun at some time; {@code GET /streams/NAME?after=BATCH} of one, with what
 * it has written to the console since. {@code POST /streams/NAME/start}, {@code /watch}, {@code /stop} and {@code /batch}
 * do what they say, with the stream in the body's field {@code stream}.
 */
final class StreamPages implements EngineApi.Page {
    private final Streams streams;
    private final Queries queries;
    private final QueryLimits limits;
    private final ObjectMapper json = new ObjectMapper();

    StreamPages(Streams streams, Queries queries, QueryLimits limits) {
        this.streams = streams;
        this.queries = queries;
        this.limits = limits;
    }

    @Override
    public Object answer(ApiRequest request) throws Exception {
        List<String> path = request.path();
        if (path.size() == 1) {
            EngineApi.requireMethod(request, "GET");
            return Map.of("streams", streams.statuses(), "begun", streams.begun());
        }
        String name = path.get(1);
        if (path.size() == 2) {
            EngineApi.requireMethod(request, "GET");
            return one(name, Long.parseLong(request.parameters().getOrDefault("after", "-1")));
        }
        if (path.size() != 3) {
            throw EngineApi.unknown(request);
        }
        EngineApi.requireMethod(request, "POST");
        return switch (path.get(2)) {
            case "start" ->
                streams.start(
                        definition(request),
                        request.body().path("reset").asBoolean() ? Streams.Begin.ANEW : Streams.Begin.WHERE_IT_STOPPED);
            case "watch" ->
                streams.watch(
                        definition(request),
                        request.body().path("untilCaughtUp").asBoolean());
            case "stop" -> Map.of("stopped", streams.stop(name));
            case "batch" -> batch(definition(request), request);
            default -> throw EngineApi.unknown(request);
        };
    }

    private Object one(String name, long after) {
        Map<String, Object> answer = new LinkedHashMap<>();
        streams.find(name).ifPresent(status -> answer.put("stream", status));
        List<Object> batches = new ArrayList<>();
        streams.shownAfter(name, after).forEach(shown -> {
            Map<String, Object> batch = rows(shown.type(), shown.rows(), shown.truncated());
            batch.put("batch", shown.batch());
            batches.add(batch);
        });
        answer.put("begun", streams.begun().contains(name));
        answer.put("batches", batches);
        return answer;
    }

    private Object batch(StreamDefinition stream, ApiRequest request) throws InterruptedException {
        int maxRows = request.number("maxRows", limits.maxRows(), 1_000_000);
        Streams.BatchResult result = queries.limited(
                request.timeout(Math.toIntExact(limits.timeout().toSeconds())), () -> streams.batch(stream, maxRows));
        Map<String, Object> answer = rows(result.rows().schema(), result.found(), result.truncated());
        answer.put("undecodable", result.undecodable());
        return answer;
    }

    private static Map<String, Object> rows(StructType type, List<Row> found, boolean truncated) {
        List<QueryAnswer.ColumnType> columns =
                Stream.of(type.fields()).map(QueryAnswer.ColumnType::of).toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        found.forEach(row -> rows.add(JsonValues.list(row)));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("columns", columns);
        answer.put("rows", rows);
        answer.put("truncated", truncated);
        return answer;
    }

    private StreamDefinition definition(ApiRequest request) {
        try {
            return json.treeToValue(request.body().path("stream"), StreamDefinition.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new RefusedException(
                    400, "BAD_REQUEST", "Cannot answer: field 'stream' of the body is no stream: " + e.getMessage());
        }
    }
}
