package dev.tarn.cli.server;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object whose fields are read by type. A field that is missing or of another type is an IOException. */
record JsonFields(Map<String, Object> values) {
    static JsonFields parse(String json) throws IOException {
        return new JsonFields(JSON.std.mapFrom(json));
    }

    String text(String field) throws IOException {
        String text = optionalText(field);
        if (text == null) {
            throw new IOException("field '" + field + "' is missing");
        }
        return text;
    }

    @Nullable
    String optionalText(String field) throws IOException {
        Object value = values.get(field);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IOException("field '" + field + "' is not a text");
    }

    long number(String field) throws IOException {
        Long number = optionalNumber(field);
        if (number == null) {
            throw new IOException("field '" + field + "' is missing");
        }
        return number;
    }

    @Nullable
    Long optionalNumber(String field) throws IOException {
        Object value = values.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IOException("field '" + field + "' is not a number");
    }

    <E extends Enum<E>> E word(String field, Class<E> type) throws IOException {
        String text = text(field);
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IOException("field '" + field + "' has the unknown value '" + text + "'", e);
        }
    }

    List<JsonFields> objects(String field) throws IOException {
        List<JsonFields> objects = new ArrayList<>();
        if (values.get(field) instanceof List<?> list) {
            for (Object each : list) {
                objects.add(object(field, each));
            }
        }
        return objects;
    }

    List<String> list(String field) {
        return values.get(field) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    Optional<JsonFields> optionalObject(String field) throws IOException {
        Object value = values.get(field);
        return value == null ? Optional.empty() : Optional.of(object(field, value));
    }

    Map<String, String> texts(String field) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        Object value = values.get(field);
        if (value != null) {
            object(field, value).values.forEach((name, text) -> texts.put(name, String.valueOf(text)));
        }
        return texts;
    }

    private static JsonFields object(String field, Object value) throws IOException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IOException("field '" + field + "' is not an object");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, each) -> fields.put(String.valueOf(name), each));
        return new JsonFields(fields);
    }
}
