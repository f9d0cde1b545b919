package dev.tarn.cli.server;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.lake.LakeLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The streams of a running lake. What the engine refuses is a {@link ServerFailure}. */
public final class LakeStreams {
    private static final String STREAMS = "/api/v1/streams";

    private final ServerClient server;

    private LakeStreams(ServerClient server) {
        this.server = server;
    }

    /** What a stream's SQL gives over whole topics. */
    public record BatchResult(QueryResult rows, long undecodable) {}

    /** The streams of a lake that must run. */
    public static LakeStreams of(LakeLocation lake) {
        return new LakeStreams(ServerClient.of(lake));
    }

    /** All streams. */
    public List<StreamState> list() {
        return server.ask("see the streams of the lake", "GET", STREAMS, "", answer -> {
            List<StreamState> streams = new ArrayList<>();
            for (JsonFields stream : answer.objects("streams")) {
                streams.add(StreamState.parse(stream));
            }
            return streams;
        });
    }

    /** One stream, and its batches on the console after one; -1 for all that are kept. */
    public WatchedStream load(String name, long after) {
        return server.ask("see stream '" + name + "'", "GET", path(name) + "?after=" + after, "", WatchedStream::parse);
    }

    /** Starts it; it goes on when this command has ended, and with the lake. */
    public StreamState start(String name, boolean reset) {
        return server.ask(
                "start stream '" + name + "'",
                "POST",
                path(name) + "/start",
                json(Map.of("reset", reset)),
                StreamState::parse);
    }

    /** Starts it for as long as it is loaded again and again. */
    public StreamState watch(String name, boolean untilCaughtUp) {
        return server.ask(
                "run stream '" + name + "'",
                "POST",
                path(name) + "/watch",
                json(Map.of("untilCaughtUp", untilCaughtUp)),
                StreamState::parse);
    }

    /** Says whether it ran. */
    public boolean stop(String name) {
        return server.ask(
                "stop stream '" + name + "'",
                "POST",
                path(name) + "/stop",
                "{}",
                answer -> Boolean.TRUE.equals(answer.values().get("stopped")));
    }

    /** Runs its SQL over its topics as they are now. */
    public BatchResult batch(String name, @Nullable Integer maxRows, @Nullable Integer timeoutSeconds) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (maxRows != null) {
            body.put("maxRows", maxRows);
        }
        if (timeoutSeconds != null) {
            body.put("timeoutSeconds", timeoutSeconds);
        }
        return server.ask(
                "run stream '" + name + "' as a batch",
                "POST",
                path(name) + "/batch",
                json(body),
                answer -> new BatchResult(QueryResult.parse(answer), answer.number("undecodable")));
    }

    private static String path(String name) {
        return STREAMS + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static String json(Map<String, Object> body) {
        try {
            return JSON.std.asString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
