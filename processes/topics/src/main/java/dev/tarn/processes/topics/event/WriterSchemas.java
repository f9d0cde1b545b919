package dev.tarn.processes.topics.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.processes.topics.kafka.Access;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Schemas of the registry by the ids that records carry, each asked for once. */
public final class WriterSchemas {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Access access;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Map<Integer, Schema> known = new HashMap<>();
    private final Map<Integer, String> unknown = new HashMap<>();

    public WriterSchemas(Access access) {
        this.access = access;
    }

    /** @throws IOException with the reason, if there is no such schema or no answer */
    Schema load(int id) throws IOException {
        String reason = unknown.get(id);
        if (reason != null) {
            throw new IOException(reason);
        }
        Schema schema = known.get(id);
        if (schema == null) {
            schema = ask(id);
            known.put(id, schema);
        }
        return schema;
    }

    private Schema ask(int id) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(access.registry() + "/apis/ccompat/v7/schemas/ids/" + id))
                .timeout(PATIENCE);
        if (!access.registryUser().isEmpty()) {
            String login = access.registryUser() + ":" + access.registryPassword();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        HttpResponse<String> response = send(request.build());
        if (response.statusCode() == 404) {
            return refuse(id, "the registry knows no schema of id " + id);
        }
        if (response.statusCode() != 200) {
            throw new IOException("the registry answered " + response.statusCode() + " for schema " + id);
        }
        JsonNode answer = JsonValues.JSON.readTree(response.body());
        if (!answer.path("schemaType").asText("AVRO").equals("AVRO")) {
            return refuse(
                    id,
                    "schema " + id + " is of type " + answer.path("schemaType").asText());
        }
        try {
            return new Schema.Parser()
                    .setValidate(false)
                    .setValidateDefaults(false)
                    .parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            return refuse(id, "schema " + id + " is no Avro schema");
        }
    }

    private Schema refuse(int id, String reason) throws IOException {
        unknown.put(id, reason);
        throw new IOException(reason);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking the registry", e);
        } catch (IOException e) {
            throw new IOException("the registry at " + access.registry() + " gives no answer", e);
        }
    }
}
