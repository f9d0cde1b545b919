package dev.tarn.server;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import dev.tarn.collect.schema.RegisteredSchema;
import dev.tarn.collect.schema.SchemaCatalog;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.settings.secret.Login;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the command's own Kafka client needs: {@code GET /api/v1/topics/access} tells where Kafka and the registry are and
 * with which options and passwords; {@code POST /api/v1/topics/schemas} with {@code topic}, {@code format} and
 * {@code schema} tells, and registers, the schemas of a topic. Whoever has the token owns the lake and its secrets.
 */
final class TopicApi {
    static final String TOPICS = "/api/v1/topics";

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /**
     * Where things are.
     *
     * @param options of Kafka's clients
     * @param libraries folders under {@code lib/} that they need besides their own
     * @param login of the registry; null if it asks for none
     */
    record Access(
            String bootstrap,
            Map<String, String> options,
            List<String> libraries,
            String registry,
            @Nullable Login login) {}

    private final Access access;
    private final SchemaCatalog catalog;

    TopicApi(Access access, SchemaCatalog catalog) {
        this.access = access;
        this.catalog = catalog;
    }

    Map<String, ? extends @Nullable Object> answer(HttpExchange exchange) throws IOException {
        String question = exchange.getRequestMethod() + " "
                + exchange.getRequestURI().getPath().substring(TOPICS.length());
        return switch (question) {
            case "GET /access" -> access();
            case "POST /schemas" -> schemas(JSON.std.mapFrom(exchange.getRequestBody()));
            default ->
                throw new TarnException(
                        ErrorKind.USER,
                        "USAGE",
                        "Cannot answer '" + question + "': there are GET /access and POST /schemas. Use one of them.");
        };
    }

    private Map<String, @Nullable Object> access() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("bootstrap", access.bootstrap());
        document.put("options", access.options());
        document.put("libraries", access.libraries());
        document.put("registry", access.registry());
        Login login = access.login();
        document.put("registryUser", login == null ? null : login.user());
        document.put("registryPassword", login == null ? null : login.password().reveal());
        return document;
    }

    private Map<String, @Nullable Object> schemas(Map<String, Object> request) {
        String topic = String.valueOf(request.get("topic"));
        if (!TOPIC.matcher(topic).matches() || topic.matches("\\.{1,2}")) {
            throw new TarnException(
                    ErrorKind.USER,
                    "TOPIC_NAME",
                    "Cannot use topic '" + topic + "': a topic has 1 to 249 letters, digits, '.', '_' and '-'."
                            + " Name another one.");
        }
        String named = request.get("schema") instanceof String name ? name : null;
        boolean avro = "avro".equals(request.get("format"));
        Optional<RegisteredSchema> value = catalog.findForTopic(topic + "-value", named);
        if (value.isEmpty() && avro) {
            throw new TarnException(
                    ErrorKind.USER,
                    "SCHEMA_MISSING",
                    "Cannot publish Avro to topic '" + topic + "': there is no schemas/" + topic
                            + "-value.avsc, and the registry has no '" + topic
                            + "-value'. Write that file, name another schema with --schema, or use --format json.");
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("value", document(value));
        document.put("key", document(avro ? catalog.findForTopic(topic + "-key", null) : Optional.empty()));
        return document;
    }

    private static @Nullable Map<String, Object> document(Optional<RegisteredSchema> schema) {
        return schema.map(found -> Map.<String, Object>of(
                        "subject",
                        found.subject(),
                        "version",
                        found.version(),
                        "id",
                        found.id(),
                        "schema",
                        found.text()))
                .orElse(null);
    }
}
