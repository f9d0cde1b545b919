package dev.tarn.server;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import dev.tarn.collect.schema.RegisteredSchema;
import dev.tarn.collect.schema.SchemaCatalog;
import dev.tarn.collect.schema.SchemaCatalog.Details;
import dev.tarn.collect.schema.SchemaCatalog.Difference;
import dev.tarn.collect.schema.SchemaChange;
import dev.tarn.collect.schema.SchemaState;
import dev.tarn.collect.schema.SubjectReport;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Schemas over HTTP: {@code GET /api/v1/schemas} lists them, {@code GET …/schemas/SUBJECT} shows one and {@code
 * GET …/schemas/SUBJECT/diff} what its file changes; {@code POST …/schemas/check} and {@code POST …/schemas/register}
 * take {@code {"subjects": […]}}, none for all files.
 */
final class SchemaApi {
    static final String SCHEMAS = "/api/v1/schemas";

    private final SchemaCatalog catalog;

    SchemaApi(SchemaCatalog catalog) {
        this.catalog = catalog;
    }

    Map<String, ? extends @Nullable Object> answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath().substring(SCHEMAS.length());
        String question = exchange.getRequestMethod() + " " + path;
        if (question.equals("POST /check")) {
            List<SubjectReport> reports = catalog.check(subjects(exchange));
            return Map.of(
                    "compatible",
                    reports.stream().noneMatch(report -> report.state() == SchemaState.INCOMPATIBLE),
                    "schemas",
                    documents(reports));
        }
        if (question.equals("POST /register")) {
            return Map.of("schemas", documents(catalog.register(subjects(exchange))));
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            throw new TarnException(
                    ErrorKind.USER, "USAGE", "Cannot answer '" + question + "': POST goes to /check and /register.");
        }
        if (path.isEmpty() || path.equals("/")) {
            return Map.of("schemas", documents(catalog.list()));
        }
        return path.endsWith("/diff")
                ? difference(catalog.diff(decoded(path.substring(1, path.length() - "/diff".length()))))
                : details(catalog.show(decoded(path.substring(1)), version(exchange)));
    }

    private static String version(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        String version =
                query != null && query.startsWith("version=") ? query.substring("version=".length()) : "latest";
        if (!version.matches("latest|[0-9]{1,9}")) {
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot show version '" + version + "': a version is a number from 1 on. Correct it.");
        }
        return version;
    }

    private static List<String> subjects(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Object subjects = body.length == 0 ? null : JSON.std.mapFrom(body).get("subjects");
        return subjects instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static List<Map<String, @Nullable Object>> documents(List<SubjectReport> reports) {
        return reports.stream().map(SchemaApi::document).toList();
    }

    private static Map<String, @Nullable Object> document(SubjectReport report) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("subject", report.subject());
        document.put("state", report.state().word());
        document.put("version", report.version());
        document.put("id", report.id());
        document.put("compatibility", report.rule());
        document.put("file", report.file());
        document.put("reasons", report.reasons());
        document.put(
                "users",
                report.users().stream()
                        .map(user -> Map.of("kind", user.kind(), "name", user.name(), "where", user.where()))
                        .toList());
        return document;
    }

    private static Map<String, @Nullable Object> details(Details details) {
        Map<String, @Nullable Object> document = document(details.report());
        document.put("versions", details.versions());
        document.put("shown", details.shown().map(RegisteredSchema::version).orElse(null));
        document.put("schema", details.shown().map(RegisteredSchema::text).orElse(null));
        document.put("fileSchema", details.fileText());
        return document;
    }

    private static Map<String, @Nullable Object> difference(Difference difference) {
        Map<String, @Nullable Object> document = document(difference.report());
        document.put(
                "changes", difference.changes().stream().map(SchemaApi::change).toList());
        return document;
    }

    private static Map<String, @Nullable Object> change(SchemaChange change) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("field", change.path());
        document.put("change", change.kind());
        document.put("before", change.before());
        document.put("after", change.after());
        return document;
    }

    private static String decoded(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }
}
