package dev.tarn.processes.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tarn.processes.engine.asof.LakeAsOf;
import dev.tarn.processes.engine.asof.SourceReaches;
import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.streams.Streams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's HTTP interface on a loopback port. {@code GET /health} says to anybody whether it serves: 200 while its
 * Spark context runs, 503 after. All else is for holders of the lake's token.
 */
final class EngineApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineApi.class);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final byte[] authorization;
    private final Queries queries;

    /** What requests to one path are answered with: a record or a map. */
    interface Page {
        Object answer(ApiRequest request) throws Exception;
    }

    /**
     * Listens, but answers nothing before {@link #start}.
     *
     * @param port 0 for any
     * @param reaches how far the lake's sources have been read
     * @param catalogState gives another object after each change of the catalog; null if that is not known
     */
    EngineApi(
            int port,
            String token,
            SparkSession session,
            QueryLimits limits,
            SourceReaches reaches,
            Supplier<? extends @Nullable Object> catalogState)
            throws IOException {
        authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 32);
        // One thread a request, so that health answers however many queries wait.
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "api");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext(
                "/",
                exchange -> respond(exchange, request -> {
                    throw unknown(request);
                }));
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(session.sparkContext().isStopped() ? 503 : 200, -1);
            exchange.close();
        });
        LakeAsOf lake = new LakeAsOf(reaches, session.sparkContext().hadoopConfiguration());
        LakeTables tables = new LakeTables(session);
        TwoEngines engines = new TwoEngines(session, lake, tables, new PlannedQueries(catalogState));
        queries = new Queries(session, engines);
        QueryPages pages = new QueryPages(queries, limits);
        add("/query", pages);
        add("/sessions", pages::closeSession);
        add("/catalog", request -> {
            requireMethod(request, "GET");
            return CatalogNames.of(session);
        });
        add("/tables", new TablePages(tables, queries, lake, new VerifyPage(session, tables, engines::eachFast)));
    }

    /** Answers for streams too. */
    void add(Streams streams, QueryLimits limits) {
        add("/streams", new StreamPages(streams, queries, limits));
    }

    private void add(String path, Page page) {
        server.createContext(path, exchange -> respond(exchange, page));
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void respond(HttpExchange exchange, Page page) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
                send(exchange, 401, error("TOKEN", "Cannot answer: the token is missing or wrong."));
                return;
            }
            try {
                send(exchange, 200, page.answer(ApiRequest.of(exchange, json)));
            } catch (RefusedException e) {
                send(exchange, e.status(), error(e.code(), e.getMessage()));
            } catch (Exception e) {
                LOG.error("{} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                send(exchange, 500, error("ENGINE", "Cannot answer: " + ErrorText.of(e, "") + "."));
            }
        }
    }

    private void send(HttpExchange exchange, int status, Object document) throws IOException {
        byte[] body = json.writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> error(String code, @Nullable String message) {
        return Map.of("code", code, "message", String.valueOf(message));
    }

    static void requireMethod(ApiRequest request, String method) {
        if (!request.method().equals(method)) {
            throw new RefusedException(405, "METHOD", "Cannot answer " + request.method() + ": use " + method + ".");
        }
    }

    static RefusedException unknown(ApiRequest request) {
        List<String> path = request.path();
        return new RefusedException(404, "PATH", "Cannot answer: there is nothing at /" + String.join("/", path) + ".");
    }
}
