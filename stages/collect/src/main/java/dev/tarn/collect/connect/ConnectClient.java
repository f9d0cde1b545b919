package dev.tarn.collect.connect;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Kafka Connect's REST API. An answer that is not the expected one is an IOException with Connect's own words. */
public final class ConnectClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** @param url such as {@code http://127.0.0.1:8083} */
    public ConnectClient(String url) {
        this.url = url;
    }

    /** All connectors by name. */
    public Map<String, ConnectorState> connectors() throws IOException, InterruptedException {
        Map<String, ConnectorState> connectors = new TreeMap<>();
        for (Map.Entry<String, Object> entry : JSON.std
                .mapFrom(call("GET", "/connectors?expand=info&expand=status", ""))
                .entrySet()) {
            Map<?, ?> both = (Map<?, ?>) entry.getValue();
            Map<?, ?> status = map(both.get("status"));
            Map<?, ?> connector = map(status.get("connector"));
            List<ConnectorState.Task> tasks = new ArrayList<>();
            if (status.get("tasks") instanceof List<?> list) {
                for (Object each : list) {
                    Map<?, ?> task = map(each);
                    tasks.add(new ConnectorState.Task(
                            task.get("id") instanceof Number id ? id.intValue() : 0,
                            text(task, "state"),
                            text(task, "trace")));
                }
            }
            connectors.put(
                    entry.getKey(),
                    new ConnectorState(
                            entry.getKey(),
                            texts(map(map(both.get("info")).get("config"))),
                            text(connector, "state"),
                            text(connector, "trace"),
                            tasks));
        }
        return connectors;
    }

    /** The classes of the connectors that it can run. */
    public Set<String> plugins() throws IOException, InterruptedException {
        Set<String> classes = new LinkedHashSet<>();
        for (Object plugin : JSON.std.listFrom(call("GET", "/connector-plugins", ""))) {
            classes.add(text(map(plugin), "class"));
        }
        return classes;
    }

    /** Makes a connector, or changes it. */
    public void put(String name, Map<String, String> settings) throws IOException, InterruptedException {
        call("PUT", "/connectors/" + encode(name) + "/config", JSON.std.asString(settings));
    }

    /** Ends a connector; what it has written stays. */
    public void delete(String name) throws IOException, InterruptedException {
        call("DELETE", "/connectors/" + encode(name), "");
    }

    /** Starts what has failed of a connector again. */
    public void restartFailed(String name) throws IOException, InterruptedException {
        call("POST", "/connectors/" + encode(name) + "/restart?includeTasks=true&onlyFailed=true", "");
    }

    /** Stops a connector and its tasks; it keeps its settings and its offsets. They end a moment later. */
    public void stop(String name) throws IOException, InterruptedException {
        call("PUT", "/connectors/" + encode(name) + "/stop", "");
    }

    /** Starts a connector that was stopped. */
    public void resume(String name) throws IOException, InterruptedException {
        call("PUT", "/connectors/" + encode(name) + "/resume", "");
    }

    /** Forgets how far a connector has come, which must have been stopped. */
    public void forgetOffsets(String name) throws IOException, InterruptedException {
        call("DELETE", "/connectors/" + encode(name) + "/offsets", "");
    }

    /** Up to which place of its database's log a Debezium connector has come, as a number; 0 if it has not said so. */
    public long position(String name) throws IOException, InterruptedException {
        Map<String, Object> answer = JSON.std.mapFrom(call("GET", "/connectors/" + encode(name) + "/offsets", ""));
        if (answer.get("offsets") instanceof List<?> list && !list.isEmpty()) {
            return map(map(list.get(0)).get("offset")).get("lsn") instanceof Number lsn ? lsn.longValue() : 0;
        }
        return 0;
    }

    /** Where topics end now, by topic and partition, such as {@code lake.public.artists-0}. */
    public Map<String, Long> ends(List<String> topics) throws IOException, InterruptedException {
        String query = topics.stream().map(topic -> "topic=" + encode(topic)).collect(Collectors.joining("&"));
        Map<String, Long> ends = new TreeMap<>();
        for (Map.Entry<String, Object> end :
                JSON.std.mapFrom(call("GET", "/tarn/ends?" + query, "")).entrySet()) {
            ends.put(end.getKey(), ((Number) end.getValue()).longValue());
        }
        return ends;
    }

    private String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new RefusedException(response.statusCode(), words(response.body()));
        }
        return response.body();
    }

    /** Kafka Connect does not want what we asked for. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;

        RefusedException(int status, String words) {
            super(words);
            this.status = status;
        }

        /** Whether it may do the same a moment later: it shares out work right now, or starts. */
        public boolean isPassing() {
            return status == 409 || status >= 500;
        }
    }

    private static String words(String body) {
        try {
            return String.valueOf(JSON.std.mapFrom(body).getOrDefault("message", body))
                    .replaceAll("\\s+", " ");
        } catch (IOException e) {
            return body;
        }
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Map<String, String> texts(Map<?, ?> values) {
        Map<String, String> texts = new HashMap<>();
        values.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }

    private static String text(Map<?, ?> values, String field) {
        Object value = values.get(field);
        return value == null ? "" : value.toString();
    }
}
