package dev.tarn.processes.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client asks for.
 *
 * @param path its segments, decoded
 * @param parameters of the address
 * @param body an object; empty where none was sent
 */
record ApiRequest(String method, List<String> path, Map<String, String> parameters, JsonNode body) {
    private static final int MAX_BODY_BYTES = 4 << 20;

    static ApiRequest of(HttpExchange exchange, ObjectMapper json) throws IOException {
        URI address = exchange.getRequestURI();
        List<String> path = Stream.of(address.getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(ApiRequest::decode)
                .toList();
        return new ApiRequest(exchange.getRequestMethod(), path, parameters(address), body(exchange, json));
    }

    private static Map<String, String> parameters(URI address) {
        Map<String, String> parameters = new HashMap<>();
        String query = address.getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(
                    decode(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static JsonNode body(HttpExchange exchange, ObjectMapper json) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (bytes.length > MAX_BODY_BYTES) {
            throw bad("the body is larger than " + MAX_BODY_BYTES + " bytes");
        }
        try {
            JsonNode body = bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes);
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw bad("the body is not JSON: " + e.getOriginalMessage());
        }
        throw bad("the body is not a JSON object");
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad("'" + text + "' is not properly encoded");
        }
    }

    /** A text that the body must have. */
    String text(String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw bad("field '" + field + "' of the body is missing or is not a text");
        }
        return value.asText();
    }

    /** A text that the body may have. */
    Optional<String> findText(String field) {
        return body.hasNonNull(field) ? Optional.of(text(field)) : Optional.empty();
    }

    /** A whole number that the body may have. */
    Optional<Integer> findNumber(String field, int max) {
        return body.hasNonNull(field) ? Optional.of(number(field, 1, max)) : Optional.empty();
    }

    /** A whole number of the body. */
    int number(String field, int usual, int max) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return usual;
        }
        return within(field, value.isIntegralNumber() ? value.asText() : value.toString(), max);
    }

    /** A whole number of the address. */
    int parameter(String name, int usual, int max) {
        String text = parameters.get(name);
        return text == null ? usual : within(name, text, max);
    }

    /** A time span of the body, in its field {@code timeoutSeconds}. */
    Duration timeout(int usualSeconds) {
        return Duration.ofSeconds(number("timeoutSeconds", usualSeconds, 24 * 60 * 60));
    }

    private static int within(String name, String text, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw bad("'" + name + "' is a whole number from 1 to " + max + ", and not '" + text + "'");
    }

    private static RefusedException bad(String reason) {
        return new RefusedException(400, "BAD_REQUEST", "Cannot answer: " + reason + ".");
    }
}
