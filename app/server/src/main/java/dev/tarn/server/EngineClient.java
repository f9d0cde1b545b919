package dev.tarn.server;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.services.ServiceProgress;
import dev.tarn.services.ServiceState;
import dev.tarn.services.Supervisor;
import dev.tarn.services.spark.EngineService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes requests on to the engine's own interface, whose token stays here, and words its errors for users. */
final class EngineClient {
    private static final int CONNECT_MILLIS = 2_000;

    private final Optional<EngineService> engine;
    private final Supervisor supervisor;

    /** @param engine empty if the lake runs none */
    EngineClient(Optional<EngineService> engine, Supervisor supervisor) {
        this.engine = engine;
        this.supervisor = supervisor;
    }

    /**
     * Answers a request with what the engine answers to the same, which may take as long as the query that it runs. The
     * answer is streamed, since it may be larger than this process. What the engine refuses is an exception.
     *
     * @param prefix of the path, which the engine does not know
     */
    void forward(HttpExchange exchange, String prefix) throws IOException {
        EngineService service = requireHealthy();
        String path = exchange.getRequestURI().toString().substring(prefix.length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(service.apiUrl() + path).toURL().openConnection(Proxy.NO_PROXY);
        int status = ask(service, connection, exchange.getRequestMethod(), body);
        if (status >= 400) {
            throw refusal(status, document(connection));
        }
        try (InputStream answer = connection.getInputStream()) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, connection.getContentLengthLong());
            answer.transferTo(exchange.getResponseBody());
        }
    }

    /** What the engine tells at a path; the answer must be small. */
    Map<String, Object> load(String path) throws IOException {
        return ask("GET", path, new byte[0]);
    }

    /** Asks the engine for something of our own, and reads the whole answer: it must be small. */
    Map<String, Object> ask(String path, Map<String, ?> body) throws IOException {
        return ask(
                "POST", path, JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asBytes(body));
    }

    private Map<String, Object> ask(String method, String path, byte[] body) throws IOException {
        EngineService service = requireHealthy();
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(service.apiUrl() + path).toURL().openConnection(Proxy.NO_PROXY);
        int status = ask(service, connection, method, body);
        if (status >= 400) {
            throw refusal(status, document(connection));
        }
        try (InputStream answer = connection.getInputStream()) {
            return JSON.std.mapFrom(answer);
        }
    }

    private EngineService requireHealthy() {
        EngineService service = engine.orElseThrow(EngineClient::none);
        for (ServiceProgress progress : supervisor.progress()) {
            if (progress.name().equals(service.name()) && progress.state() != ServiceState.HEALTHY) {
                throw notReady(progress.state(), null);
            }
        }
        return service;
    }

    private static int ask(EngineService service, HttpURLConnection connection, String method, byte[] body) {
        try {
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Authorization", "Bearer " + service.token());
            if (body.length > 0) {
                connection.setDoOutput(true);
                try (OutputStream request = connection.getOutputStream()) {
                    request.write(body);
                }
            }
            return connection.getResponseCode();
        } catch (ConnectException e) {
            throw notReady(ServiceState.UNRESPONSIVE, e);
        } catch (IOException e) {
            throw silent(e);
        }
    }

    private static Map<String, Object> document(HttpURLConnection connection) {
        try (InputStream answer = connection.getErrorStream()) {
            return JSON.std.mapFrom(answer);
        } catch (IOException e) {
            throw silent(e);
        }
    }

    /** An error of the engine, with the kind that its HTTP status stands for. */
    static TarnException refusal(int status, Map<String, Object> document) {
        String code = String.valueOf(document.get("code"));
        String message = String.valueOf(document.get("message"));
        ErrorKind kind = switch (status) {
            case 400, 404, 405, 409 -> ErrorKind.USER;
            case 403, 502 -> ErrorKind.EXTERNAL;
            case 503, 504 -> ErrorKind.RESOURCES;
            default -> ErrorKind.INTERNAL;
        };
        return new TarnException(kind, code, code.equals("SQL") ? "Cannot run the SQL: " + message : message);
    }

    private static TarnException silent(IOException reason) {
        return new TarnException(
                ErrorKind.EXTERNAL,
                "ENGINE_SILENT",
                "Cannot ask the engine: it gave no proper answer (" + reason.getMessage()
                        + "). Try again; 'tarn logs engine' may say why.",
                reason);
    }

    private static TarnException none() {
        return new TarnException(
                ErrorKind.USER,
                "ENGINE_NONE",
                "Cannot ask the engine: this lake runs without one, by 'engine: none' in lake.yaml. Write 'engine:"
                        + " embedded' there, then: tarn down, tarn up.");
    }

    private static TarnException notReady(ServiceState state, @Nullable Exception cause) {
        String advice = state == ServiceState.FAILED
                ? "'tarn logs engine' says why."
                : "Try again in a few seconds; 'tarn status' shows when it is healthy.";
        return new TarnException(
                ErrorKind.EXTERNAL,
                "ENGINE_NOT_READY",
                "Cannot ask the engine: it is " + state.word() + ". " + advice,
                cause);
    }
}
