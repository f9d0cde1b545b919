package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.processes.engine.asof.SourceReaches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The API in front of a session of the shared Spark; what was made in the catalog goes with it. */
final class TestEngine implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofSeconds(60), 1_000);

    final SparkSession session;
    final Supplier<@Nullable Object> catalogState;
    private final EngineApi api;

    record Answer(int status, JsonNode body) {
        String message() {
            return body.path("message").asText();
        }

        String code() {
            return body.path("code").asText();
        }

        String rows() {
            return body.path("rows").toString();
        }
    }

    private TestEngine(SparkSession session, EngineApi api, Supplier<@Nullable Object> catalogState) {
        this.session = session;
        this.catalogState = catalogState;
        this.api = api;
    }

    static TestEngine start() throws IOException {
        return start(LIMITS);
    }

    static TestEngine start(QueryLimits limits) throws IOException {
        return start(limits, TestSpark.shared().catalogState());
    }

    /** As with a metastore elsewhere, of which nobody tells when it changes. */
    static TestEngine startWithoutCatalogState() throws IOException {
        return start(LIMITS, () -> null);
    }

    private static TestEngine start(QueryLimits limits, Supplier<@Nullable Object> catalogState) throws IOException {
        SparkSession session = TestSpark.shared().newSession();
        EngineApi api = new EngineApi(0, "secret", session, limits, new SourceReaches(null), catalogState);
        api.start();
        return new TestEngine(session, api, catalogState);
    }

    /** Where tables without a LOCATION lie. */
    static Path warehouse() {
        return TestSpark.shared().warehouse();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + api.port() + path);
    }

    /** Gives a table the mark of those that Tarn's sink writes. */
    static void mark(SparkSession session, String database, String name, String source) {
        var catalog = session.sharedState().externalCatalog();
        CatalogTable table = catalog.getTable(database, name);
        catalog.alterTable(table.copy(
                table.identifier(),
                table.tableType(),
                table.storage(),
                table.schema(),
                table.provider(),
                table.partitionColumnNames(),
                table.bucketSpec(),
                table.owner(),
                table.createTime(),
                table.lastAccessTime(),
                table.createVersion(),
                table.properties().$plus(new Tuple2<>("tarn.source", source)),
                table.stats(),
                table.viewText(),
                table.comment(),
                table.unsupportedFeatures(),
                table.tracksPartitionsInCatalog(),
                table.schemaPreservesCase(),
                table.ignoredProperties(),
                table.viewOriginalText()));
    }

    /** Runs a statement that must not fail. */
    void run(String sql) {
        Answer answer = query(sql);
        assertThat(answer.status()).as(sql + ": " + answer.message()).isEqualTo(200);
    }

    Answer query(String sql) {
        return query(sql, Map.of());
    }

    Answer query(String sql, Map<String, Object> more) {
        return post("/query", with(sql, more)).join();
    }

    CompletableFuture<Answer> queryLater(String sql, Map<String, Object> more) {
        return post("/query", with(sql, more));
    }

    private static Map<String, Object> with(String sql, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("sql", sql);
        return body;
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody()).join();
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody()).join();
    }

    CompletableFuture<Answer> post(String path, Map<String, Object> body) {
        try {
            return send("POST", path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<Answer> send(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer secret")
                .timeout(Duration.ofMinutes(2))
                .method(method, body)
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> {
            try {
                return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() {
        api.close();
        TestSpark.shared().clear();
    }
}
