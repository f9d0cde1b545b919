package dev.tarn.processes.engine.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lake's schemas, through the registry's Confluent-compatible API. Tasks of Spark carry it with them. */
public final class SchemaRegistry implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 30_000;

    private final String url;
    private final @Nullable String authorization;

    /** A schema and the id under which records refer to it. */
    record Registered(int id, String schema) {}

    private record Answer(int status, JsonNode body) {}

    /**
     * @param url its base address
     * @param login {@code user:password}; null if it asks for nobody
     */
    public SchemaRegistry(String url, @Nullable String login) {
        this.url = url.replaceFirst("/+$", "");
        this.authorization = login == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /** The newest schema of a subject. */
    Optional<Registered> findLatest(String subject) {
        Answer answer = call("GET", "/subjects/" + encode(subject) + "/versions/latest", null);
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(new Registered(
                        require(answer).path("id").asInt(),
                        require(answer).path("schema").asText()));
    }

    /** The schema of an id. */
    Optional<String> find(int id) {
        Answer answer = call("GET", "/schemas/ids/" + Integer.toUnsignedString(id), null);
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(require(answer).path("schema").asText());
    }

    /** Registers a schema, if it is not, and gives its id. The subject's rule may refuse it. */
    int register(String subject, String schema) {
        try {
            Answer answer = call(
                    "POST",
                    "/subjects/" + encode(subject) + "/versions",
                    JSON.writeValueAsBytes(Map.of("schema", schema)));
            if (answer.status() == 409 || answer.status() == 422) {
                throw new RefusedException(
                        400,
                        "SCHEMA_INCOMPATIBLE",
                        "Cannot register a schema under '" + subject + "': "
                                + answer.body().path("message").asText("the registry refuses it")
                                + ". Change the stream's columns, or the schema.");
            }
            return require(answer).path("id").asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode require(Answer answer) {
        if (answer.status() >= 300) {
            throw new RefusedException(
                    502,
                    "REGISTRY",
                    "Cannot ask the registry at '" + url + "': it answers with HTTP status " + answer.status()
                            + ". 'tarn status' shows whether it runs.");
        }
        return answer.body();
    }

    private Answer call(String method, String path, byte @Nullable [] body) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(url + "/apis/ccompat/v7" + path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setRequestMethod(method);
            if (authorization != null) {
                connection.setRequestProperty("Authorization", authorization);
            }
            if (body != null) {
                connection.setRequestProperty("Content-Type", "application/vnd.schemaregistry.v1+json");
                connection.setDoOutput(true);
                try (OutputStream request = connection.getOutputStream()) {
                    request.write(body);
                }
            }
            int status = connection.getResponseCode();
            try (InputStream answer = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
                return new Answer(
                        status, answer == null ? JSON.createObjectNode() : JSON.readTree(answer.readAllBytes()));
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private RefusedException unreachable(IOException reason) {
        RefusedException refused = new RefusedException(
                502,
                "REGISTRY",
                "Cannot ask the registry at '" + url + "': " + reason.getMessage()
                        + ". 'tarn status' shows whether it runs.");
        refused.initCause(reason);
        return refused;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
