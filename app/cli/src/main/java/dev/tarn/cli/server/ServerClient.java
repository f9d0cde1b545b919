package dev.tarn.cli.server;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API of a running server. */
public final class ServerClient {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 10_000;
    private static final int FOR_EVER = 0;

    private final ServerNote server;

    public ServerClient(ServerNote server) {
        this.server = server;
    }

    /** The lake and its services, if the server answers. */
    public Optional<LakeStatus> findLake() {
        try {
            return Optional.of(request());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The lake and its services; a server that does not answer is an error. */
    public LakeStatus loadLake() {
        try {
            return request();
        } catch (IOException e) {
            throw silent("Cannot see the state of the lake", e);
        }
    }

    /** The client of a lake that must run. */
    public static ServerClient of(LakeLocation lake) {
        return ServerNote.find(lake)
                .map(ServerClient::new)
                .orElseThrow(() -> new TarnException(
                        ErrorKind.USER,
                        "LAKE_STOPPED",
                        "Cannot ask lake '" + lake.name() + "': it is not running. Start it with: tarn up."));
    }

    /** The lake's sources; a server that does not answer is an error. */
    public List<SourceStatus> loadSources() {
        try {
            return sources(call("GET", "/api/v1/sources"));
        } catch (IOException e) {
            throw silent("Cannot see the sources of the lake", e);
        }
    }

    /** The lake's sources once the server has looked at each of them; empty before that. */
    public Optional<List<SourceStatus>> findSettledSources() throws IOException {
        String answer = call("GET", "/api/v1/sources");
        return Boolean.FALSE.equals(JsonFields.parse(answer).values().get("settled"))
                ? Optional.empty()
                : Optional.of(sources(answer));
    }

    /** Runs SQL in a source, however long it takes. What the database refuses is a {@link ServerFailure}. */
    public List<SqlResult> runSql(String source, String sql) {
        try {
            String path = "/api/v1/sources/" + URLEncoder.encode(source, StandardCharsets.UTF_8) + "/sql";
            List<SqlResult> results = new ArrayList<>();
            for (JsonFields result :
                    JsonFields.parse(call("POST", path, sql, FOR_EVER)).objects("results")) {
                results.add(SqlResult.parse(result));
            }
            return results;
        } catch (IOException e) {
            throw silent("Cannot run SQL in source '" + source + "'", e);
        }
    }

    /**
     * Has tables of a source loaded anew.
     *
     * @param tables with their schemas; all if none
     * @return those that will be
     */
    public List<String> loadTables(String source, List<String> tables) {
        try {
            String path = "/api/v1/sources/" + URLEncoder.encode(source, StandardCharsets.UTF_8) + "/load";
            Object asked = JsonFields.parse(call("POST", path, JSON.std.asString(tables), FOR_EVER))
                    .values()
                    .get("tables");
            return asked instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        } catch (IOException e) {
            throw silent("Cannot load source '" + source + "'", e);
        }
    }

    private static List<SourceStatus> sources(String answer) throws IOException {
        List<SourceStatus> sources = new ArrayList<>();
        for (JsonFields source : JsonFields.parse(answer).objects("sources")) {
            sources.add(SourceStatus.parse(source));
        }
        return sources;
    }

    /** Asks the server to stop all services and then itself; it answers at once. */
    public void stop() {
        try {
            call("POST", "/api/v1/stop");
        } catch (IOException e) {
            throw silent("Cannot stop the lake", e);
        }
    }

    /** Asks the server to try again to run the services that have failed, and returns their names. */
    public List<String> startFailed() {
        try {
            return JsonFields.parse(call("POST", "/api/v1/start")).list("started");
        } catch (IOException e) {
            throw silent("Cannot start what failed", e);
        }
    }

    /** What an answer says. */
    interface Meaning<T> {
        T read(JsonFields answer) throws IOException;
    }

    /**
     * Asks for something that may take long.
     *
     * @param what the words after "Cannot", if the server does not answer properly
     */
    <T> T ask(String what, String method, String path, String body, Meaning<T> meaning) {
        try {
            return meaning.read(JsonFields.parse(call(method, path, body, FOR_EVER)));
        } catch (IOException e) {
            throw silent("Cannot " + what, e);
        }
    }

    private LakeStatus request() throws IOException {
        LakeStatus lake = LakeStatus.parse(call("GET", "/api/v1/lake"));
        if (lake.pid() != server.pid()) {
            throw new IOException("process " + lake.pid() + " answers there");
        }
        return lake;
    }

    private String call(String method, String path) throws IOException {
        return call(method, path, "", READ_MILLIS);
    }

    private String call(String method, String path, String body, int readMillis) throws IOException {
        // java.net.http.HttpClient takes a fifth of a second to load. A proxy has no business with 127.0.0.1.
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(server.url() + path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(readMillis);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", "Bearer " + server.token());
        if (!body.isEmpty()) {
            connection.setDoOutput(true);
            try (OutputStream request = connection.getOutputStream()) {
                request.write(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        int status = connection.getResponseCode();
        if (status >= 300) {
            requireNoFailure(connection.getErrorStream());
            throw new IOException("it answered " + method + " " + path + " with HTTP status " + status);
        }
        try (InputStream answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    // An error that the server words for users comes with the exit code that it stands for.
    private static void requireNoFailure(@Nullable InputStream answer) throws IOException {
        if (answer == null) {
            return;
        }
        Map<String, Object> fields;
        try (answer) {
            fields = JsonFields.parse(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .values();
        } catch (IOException e) {
            return;
        }
        if (fields.get("exitCode") instanceof Number exitCode) {
            throw new ServerFailure(exitCode.intValue(), String.valueOf(fields.get("error")));
        }
    }

    private TarnException silent(String what, IOException reason) {
        return new TarnException(
                ErrorKind.EXTERNAL,
                "SERVER_SILENT",
                what + ": " + server + " gives no proper answer (" + reason.getMessage()
                        + "). Try again; 'tarn logs server' may say why; 'kill " + server.pid()
                        + "' and then 'tarn down' end it.",
                reason);
    }
}
