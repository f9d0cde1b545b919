package dev.tarn.collect.schema;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.settings.Compatibility;
import dev.tarn.settings.secret.Login;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registry through its Confluent-compatible API. One that gives no proper answer is an EXTERNAL error. */
public final class SchemaRegistry {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";

    private final String api;
    private final @Nullable Login login;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /**
     * @param url where it listens, without the path of an API
     * @param login null if it asks for none
     */
    public SchemaRegistry(String url, @Nullable Login login) {
        this.api = url.replaceAll("/+$", "") + "/apis/ccompat/v7";
        this.login = login;
    }

    /** All subjects, sorted. */
    List<String> subjects() {
        return ((List<?>) require(call("GET", "/subjects", null)))
                .stream().map(String::valueOf).sorted().toList();
    }

    /** The versions of a subject; none if there is no such subject. */
    List<Integer> versions(String subject) {
        return find(call("GET", "/subjects/" + encode(subject) + "/versions", null))
                .map(list -> ((List<?>) list)
                        .stream()
                                .map(version -> ((Number) version).intValue())
                                .sorted()
                                .toList())
                .orElse(List.of());
    }

    /** The newest version of a subject. */
    Optional<RegisteredSchema> findLatest(String subject) {
        return findVersion(subject, "latest");
    }

    /** A version of a subject. */
    Optional<RegisteredSchema> findVersion(String subject, String version) {
        return find(call("GET", "/subjects/" + encode(subject) + "/versions/" + encode(version), null))
                .map(answer -> (Map<?, ?>) answer)
                .map(answer -> new RegisteredSchema(
                        subject,
                        number(answer, "version"),
                        number(answer, "id"),
                        String.valueOf(answer.get("schema"))));
    }

    /** The rule that it holds a subject to. */
    Optional<Compatibility> findRule(String subject) {
        return find(call("GET", "/config/" + encode(subject), null))
                .map(answer -> ((Map<?, ?>) answer).get("compatibilityLevel"))
                .map(level -> Compatibility.valueOf(String.valueOf(level)));
    }

    /** Has it hold a subject to a rule from now on. */
    void hold(String subject, Compatibility rule) {
        require(call("PUT", "/config/" + encode(subject), Map.of("compatibility", rule.name())));
    }

    /** What it says of a schema that is to be the next version of a subject. */
    record Verdict(boolean isCompatible, List<String> reasons) {}

    Verdict judge(String subject, String schema) {
        Map<?, ?> answer = (Map<?, ?>) require(call(
                "POST",
                "/compatibility/subjects/" + encode(subject) + "/versions?verbose=true",
                Map.of("schema", schema)));
        List<String> reasons = new ArrayList<>();
        if (answer.get("messages") instanceof List<?> messages) {
            messages.forEach(message -> reasons.add(String.valueOf(message)));
        }
        return new Verdict(Boolean.TRUE.equals(answer.get("is_compatible")), reasons);
    }

    /** Makes a schema the newest version of a subject, and returns its id. */
    int register(String subject, String schema) {
        Answer answer = call("POST", "/subjects/" + encode(subject) + "/versions", Map.of("schema", schema));
        if (answer.status() == 409 || answer.status() == 422) {
            throw new TarnException(
                    ErrorKind.REFUSED,
                    "SCHEMA_REFUSED",
                    "Cannot register '" + subject + "': the registry does not take it: " + answer.words()
                            + ". Correct schemas/" + subject + ".avsc; 'tarn schema check' tells more.");
        }
        return number((Map<?, ?>) require(answer), "id");
    }

    /** What it answered. */
    private record Answer(String request, int status, String body) {
        String words() {
            try {
                return String.valueOf(JSON.std.mapFrom(body).getOrDefault("message", body))
                        .replaceAll("\\s+", " ");
            } catch (IOException e) {
                return body.length() > 200 ? body.substring(0, 200) : body;
            }
        }
    }

    private static Optional<Object> find(Answer answer) {
        return answer.status() == 404 ? Optional.empty() : Optional.of(require(answer));
    }

    private static Object require(Answer answer) {
        if (answer.status() >= 300) {
            throw unusable(answer, answer.status() + ", " + answer.words(), null);
        }
        try {
            return JSON.std.anyFrom(answer.body());
        } catch (IOException e) {
            throw unusable(answer, "something that is not JSON", e);
        }
    }

    private static TarnException unusable(Answer answer, String what, @Nullable Throwable cause) {
        return new TarnException(
                ErrorKind.EXTERNAL,
                "REGISTRY_ANSWER",
                "Cannot ask the registry: it answered " + answer.request() + " with " + what
                        + ". 'tarn logs registry' may say why; try again.",
                cause);
    }

    private Answer call(String method, String path, @Nullable Map<String, String> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path))
                .timeout(PATIENCE)
                .header("Accept", TYPE + ", application/json")
                .header("Content-Type", TYPE);
        if (login != null) {
            String both = login.user() + ":" + login.password().reveal();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            request.method(
                    method,
                    body == null
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(JSON.std.asString(body)));
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(method + " " + path, response.statusCode(), response.body());
        } catch (IOException e) {
            throw new TarnException(
                    ErrorKind.EXTERNAL,
                    "REGISTRY_SILENT",
                    "Cannot ask the registry at " + api + ": it gives no answer ("
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                            + "). 'tarn status' shows whether it runs; try again when it does.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TarnException(
                    ErrorKind.EXTERNAL, "STOPPING", "Cannot ask the registry: the lake stops. Try again later.", e);
        }
    }

    private static int number(Map<?, ?> answer, String field) {
        if (answer.get(field) instanceof Number number) {
            return number.intValue();
        }
        throw new TarnException(
                ErrorKind.EXTERNAL,
                "REGISTRY_ANSWER",
                "Cannot use the registry's answer: it has no '" + field
                        + "'. Point 'registry' in lake.yaml to Apicurio Registry 3.");
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
