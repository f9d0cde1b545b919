package dev.tarn.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Answers for a lake that seems to run, by paths and for SQL by statements. */
public final class TestServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Map<String, Object>> queries = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<String, String> engine = sql -> "{\"columns\":[],\"rows\":[],\"truncated\":false}";

    /** @param lake a directory, which becomes that of lake 'museum' */
    public TestServer(Path lake) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            requests.add(exchange.getRequestMethod() + " " + path.replaceAll("\\d+-\\d+(-\\d+)?", "ID"));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String answer = answers.getOrDefault(path, "{}");
            if (path.equals("/api/v1/query")) {
                Map<String, Object> query = JSON.std.mapFrom(body);
                queries.add(query);
                answer = engine.apply(String.valueOf(query.get("sql")).strip());
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.startsWith("{\"error\"") ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        Files.writeString(lake.resolve("lake.yaml"), "name: museum\n");
        Files.writeString(
                Files.createDirectories(lake.resolve(".tarn/run")).resolve("server.json"),
                "{\"pid\":%d,\"url\":\"http://127.0.0.1:%d\",\"token\":\"t\",\"startedAt\":\"%s\",\"user\":\"me\",\"version\":\"1\"}"
                        .formatted(
                                ProcessHandle.current().pid(),
                                server.getAddress().getPort(),
                                Instant.now()));
    }

    /** What an engine answers to a statement: JSON. */
    public void engine(Function<String, String> answer) {
        engine = answer;
    }

    public void answer(String path, String answer) {
        answers.put(path, answer);
    }

    /** As {@code METHOD path}, with ID for what a client made up. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The bodies of all queries. */
    public List<Map<String, Object>> queries() {
        return List.copyOf(queries);
    }

    /** The answer of one column with one row. */
    public static String value(String column, String json) {
        return "{\"columns\":[{\"name\":\"" + column + "\",\"type\":\"x\"}],\"rows\":[[" + json
                + "]],\"truncated\":false}";
    }

    /** The answer to what is wrong. */
    public static String error(String message) {
        return "{\"error\":\"" + message + "\",\"code\":\"SQL\",\"exitCode\":2}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
