package dev.tarn.server;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tarn.collect.capture.Capture;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.Ports;
import dev.tarn.services.PrivateFile;
import dev.tarn.services.Supervisor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The server's HTTP interface, on a loopback port, for those who can read the lake's private {@code server.json}: it
 * holds the address and a token that is made anew at every start. {@code GET /api/v1/lake} tells the state,
 * {@code POST /api/v1/stop} ends the lake, {@code POST /api/v1/start} tries again to run services that have failed;
 * {@code GET /api/v1/sources} tells of the sources, and
 * {@code POST /api/v1/sources/NAME/sql} runs the SQL in its body, {@code …/load} loads tables anew; {@code POST /api/v1/tables/D/T/verify} compares a table
 * with its source; {@code /api/v1/streams} tells of the streams and runs them; {@link SchemaApi} and {@link TopicApi} have
 * pages of their own; all else of {@code /api/v1/tables}, and {@code /api/v1/query}, {@code /api/v1/sessions} and
 * {@code /api/v1/catalog}, is the engine's. An error that users see has status 400 or 502 and the
 * fields {@code error}, {@code code} and {@code exitCode}.
 */
final class LakeApi implements AutoCloseable {

    /** What its port is kept for. */
    static final String PORT = "server";

    private static final System.Logger LOG = System.getLogger(LakeApi.class.getName());

    private final HttpServer server;
    private final ExecutorService threads;
    private final byte[] authorization;
    private final Path announcement;
    private final String url;

    /** What it tells about and asks. */
    record Parts(
            LakeReport report,
            Supervisor supervisor,
            Capture capture,
            EngineClient engine,
            SchemaApi schemas,
            TopicApi topics) {}

    private LakeApi(HttpServer server, ExecutorService threads, String token, Path announcement) {
        this.server = server;
        this.url = "http://127.0.0.1:" + server.getAddress().getPort();
        this.threads = threads;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.announcement = announcement;
    }

    /** A word that nobody can guess. */
    static String newToken() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    static LakeApi start(LakeDirectory lake, Ports ports, Parts parts, String token, Runnable stop) throws IOException {
        int port = ports.port(PORT);
        LakeReport report = parts.report();
        Capture capture = parts.capture();
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 32);
        } catch (BindException e) {
            throw ports.taken("the server", port, e);
        }
        // One thread a request: some wait for minutes, and the state of the lake must not wait for them.
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "api");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        LakeApi api = new LakeApi(server, threads, token, lake.run().resolve("server.json"));
        server.createContext("/api/v1/lake", exchange -> api.answer(exchange, "GET", report::document));
        server.createContext(
                "/api/v1/stop",
                exchange -> api.answer(exchange, "POST", () -> {
                    stop.run();
                    return Map.of("state", "stopping");
                }));
        server.createContext(
                "/api/v1/start",
                exchange -> api.answer(exchange, "POST", () -> Map.of("started", startFailed(parts.supervisor()))));
        server.createContext(
                SourceRequests.SOURCES,
                exchange -> api.answer(exchange, "GET", () -> SourceReport.sources(capture.statuses())));
        SourceRequests sourceRequests = new SourceRequests(capture);
        server.createContext(
                SourceRequests.SOURCES + "/",
                exchange -> api.answer(exchange, "POST", () -> sourceRequests.answer(exchange)));
        for (String page : List.of("query", "sessions", "catalog")) {
            server.createContext("/api/v1/" + page, exchange -> api.forward(exchange, parts.engine()));
        }
        server.createContext(
                SchemaApi.SCHEMAS,
                exchange -> api.answer(
                        exchange,
                        exchange.getRequestMethod(),
                        () -> parts.schemas().answer(exchange)));
        server.createContext(
                TopicApi.TOPICS,
                exchange -> api.answer(
                        exchange,
                        exchange.getRequestMethod(),
                        () -> parts.topics().answer(exchange)));
        StreamRequests streams = new StreamRequests(lake.root(), parts.engine());
        server.createContext(
                StreamRequests.STREAMS,
                exchange -> api.answer(exchange, exchange.getRequestMethod(), () -> streams.answer(exchange)));
        TableVerification verification = new TableVerification(capture, parts.engine());
        server.createContext(TableVerification.TABLES, exchange -> {
            if (TableVerification.isAskedFor(exchange)) {
                api.answer(exchange, "POST", () -> verification.answer(exchange));
            } else {
                api.forward(exchange, parts.engine());
            }
        });
        server.start();
        report.listensOn(api.url);
        try {
            api.announce(token, report);
            // Commands know it from now on.
            ports.settle(port);
        } catch (IOException | RuntimeException e) {
            api.close();
            throw e;
        }
        return api;
    }

    /** Where it listens. */
    String url() {
        return url;
    }

    private static List<String> startFailed(Supervisor supervisor) {
        try {
            return supervisor.startFailed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(announcement);
        server.stop(0);
        threads.shutdownNow();
    }

    private void announce(String token, LakeReport report) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pid", ProcessHandle.current().pid());
        fields.put("url", url);
        fields.put("token", token);
        fields.put("startedAt", report.startedAt().toString());
        fields.put("user", System.getProperty("user.name"));
        fields.put("version", LakeReport.version());
        PrivateFile.write(announcement, JSON.std.asString(fields) + "\n");
    }

    private void forward(HttpExchange exchange, EngineClient engine) throws IOException {
        answer(exchange, exchange.getRequestMethod(), () -> {
            engine.forward(exchange, "/api/v1");
            return null;
        });
    }

    /** What a request is answered with; null if it has been answered. */
    private interface Answer {
        @Nullable
        Map<String, ? extends @Nullable Object> make() throws IOException;
    }

    private void answer(HttpExchange exchange, String method, Answer answer) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
                send(exchange, 401, Map.of("error", "the token of .tarn/run/server.json is missing or wrong"));
            } else if (!exchange.getRequestMethod().equals(method)) {
                send(exchange, 405, Map.of("error", "use " + method));
            } else {
                sendAnswer(exchange, answer);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, exchange.getRequestURI().toString(), e);
            throw e;
        }
    }

    private static void sendAnswer(HttpExchange exchange, Answer answer) throws IOException {
        @Nullable Map<String, ? extends @Nullable Object> document;
        try {
            document = answer.make();
        } catch (TarnException e) {
            // The command prints the message and ends with the exit code.
            int status = e.kind() == ErrorKind.USER ? 400 : 502;
            String message = String.valueOf(e.getMessage());
            send(
                    exchange,
                    status,
                    Map.of(
                            "error",
                            message,
                            "code",
                            e.code(),
                            "exitCode",
                            e.kind().exitCode()));
            return;
        }
        if (document != null) {
            send(exchange, 200, document);
        }
    }

    private static void send(HttpExchange exchange, int status, Map<String, ? extends @Nullable Object> document)
            throws IOException {
        byte[] body = JSON.std
                .with(JSON.Feature.WRITE_NULL_PROPERTIES)
                .asString(document)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
