package dev.tarn.collect.raw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Schemas by the id of the wire format, each asked for once. Apicurio 3 resolves the ids that its converter writes with
 * {@code use-id=contentId} under its Confluent-compatible API, v7.
 */
final class SchemaRegistry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(5);
    // Ids are never given twice, but a registry that was restored from a backup may learn an id anew.
    private static final Duration UNKNOWN_HOLDS = Duration.ofMinutes(1);

    private final String api;
    private final Clock clock;
    private final HttpClient client;
    private final Map<Integer, WriterSchema> answers = new HashMap<>();
    private final Map<Integer, Instant> askAgain = new HashMap<>();

    /** @param url where the registry listens, without the path of an API */
    SchemaRegistry(String url, Clock clock) {
        this.api = url.replaceAll("/+$", "") + "/apis/ccompat/v7";
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** @throws RegistryUnavailableException if it gives no answer now */
    WriterSchema find(int id) throws RegistryUnavailableException {
        Instant until = askAgain.get(id);
        if (until != null && !clock.instant().isBefore(until)) {
            askAgain.remove(id);
            answers.remove(id);
        }
        WriterSchema answer = answers.get(id);
        if (answer == null) {
            answer = ask(id);
            answers.put(id, answer);
            if (answer instanceof WriterSchema.Unknown) {
                askAgain.put(id, clock.instant().plus(UNKNOWN_HOLDS));
            }
        }
        return answer;
    }

    private WriterSchema ask(int id) throws RegistryUnavailableException {
        String path = "/schemas/ids/" + id;
        HttpResponse<String> response = send(path);
        if (response.statusCode() == 404
                && read(path, response).path("error_code").asInt() == 40403) {
            return new WriterSchema.Unknown("the registry knows no schema of id " + id);
        }
        JsonNode document = expect(path, response);
        String type = document.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            return new WriterSchema.Unknown("schema " + id + " is of type " + type + ", not AVRO");
        }
        try {
            return new WriterSchema.Known(parse(document, newParser()));
        } catch (AvroRuntimeException e) {
            return new WriterSchema.Unknown("schema " + id + " is no Avro schema: " + e.getMessage());
        }
    }

    private Schema parse(JsonNode document, Schema.Parser parser) throws RegistryUnavailableException {
        for (JsonNode reference : document.path("references")) {
            String name = reference.path("name").asText();
            if (!parser.getTypes().containsKey(name)) {
                String subject = URLEncoder.encode(reference.path("subject").asText(), StandardCharsets.UTF_8);
                String path = "/subjects/" + subject + "/versions/"
                        + reference.path("version").asInt();
                parse(expect(path, send(path)), parser);
            }
        }
        return parser.parse(document.path("schema").asText());
    }

    private static Schema.Parser newParser() {
        // Names and defaults are the producer's business: the bytes are kept as they are.
        return new Schema.Parser().setValidate(false).setValidateDefaults(false);
    }

    private HttpResponse<String> send(String path) throws RegistryUnavailableException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + path))
                .timeout(LIMIT)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while asking the registry", e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("no answer from " + api + path + ": " + reason(e), e);
        }
    }

    private JsonNode expect(String path, HttpResponse<String> response) throws RegistryUnavailableException {
        JsonNode document = read(path, response);
        if (response.statusCode() != 200 || !document.path("schema").isTextual()) {
            throw new RegistryUnavailableException(
                    api + path + " answered " + response.statusCode() + " without a schema", null);
        }
        return document;
    }

    private JsonNode read(String path, HttpResponse<String> response) throws RegistryUnavailableException {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new RegistryUnavailableException(
                    api + path + " answered " + response.statusCode() + " with something that is not JSON", e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
