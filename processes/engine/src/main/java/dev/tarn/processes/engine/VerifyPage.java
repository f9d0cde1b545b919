package dev.tarn.processes.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.analyze.verify.KeyHash;
import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.hudi.WriterRequests;
import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.verify.FastRows;
import dev.tarn.processes.engine.verify.TableRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * What the server asks of a table's rows to compare them with its source: {@code POST /tables/D/T/rows}. The field
 * {@code what} says which: {@code columns}, {@code position}, {@code sums}, {@code hashes} or {@code rows}; and what of its
 * writer: {@code ask}, {@code withdraw} or {@code repair}. Bytes are in Base64.
 */
final class VerifyPage {
    private final SparkSession session;
    private final LakeTables tables;
    private final FastRows fast;

    VerifyPage(SparkSession session, LakeTables tables, FastRows fast) {
        this.session = session;
        this.tables = tables;
        this.fast = fast;
    }

    Object answer(CatalogTable table, ApiRequest request) throws IOException, InterruptedException {
        return switch (request.text("what")) {
            case "columns" -> Map.of("columns", columns(table));
            case "position" -> position(table);
            case "ask" -> {
                requests(table).ask();
                yield Map.of();
            }
            case "withdraw" -> {
                requests(table).withdraw();
                yield Map.of();
            }
            case "repair" -> repair(table, request);
            case "sums" ->
                Map.of("sums", rows(table, request).sums(bits(request)).toBytes());
            case "hashes" ->
                Map.of(
                        "hashes",
                        rows(table, request)
                                .hashes(bits(request), BitSet.valueOf(bytes(request, "ranges")))
                                .toBytes());
            case "rows" ->
                Map.of(
                        "rows",
                        rows(table, request)
                                .rows(
                                        keys(request),
                                        request.body().path("values").asBoolean()));
            default -> throw EngineApi.unknown(request);
        };
    }

    private static List<Map<String, String>> columns(CatalogTable table) {
        return Stream.of(table.schema().fields())
                .map(field ->
                        Map.of("name", field.name(), "type", field.dataType().catalogString()))
                .toList();
    }

    private WriterRequests requests(CatalogTable table) throws IOException {
        return new WriterRequests(table.path(), tables.hadoop());
    }

    private Object repair(CatalogTable table, ApiRequest request) throws IOException, InterruptedException {
        Duration patience = request.timeout(60);
        try {
            requests(table).repair(request.body().path("repair").toString().getBytes(UTF_8), patience);
            return Map.of();
        } catch (TimeoutException e) {
            throw new RefusedException(
                    504,
                    "REPAIR_TIMEOUT",
                    "Cannot repair table '" + table.fullName() + "' within " + patience.toSeconds()
                            + " s: its writer has not answered. 'tarn source list' tells whether it runs.");
        }
    }

    private Map<String, Object> position(CatalogTable table) throws IOException {
        Optional<SourcePosition> position = tables.open(table).timeline().position();
        return Map.of(
                "lsn", position.map(SourcePosition::lsn).orElse(0L),
                "questionOpen", requests(table).isOpen());
    }

    private TableRows rows(CatalogTable table, ApiRequest request) {
        return new TableRows(
                session,
                fast,
                table.database(),
                table.table(),
                table.path(),
                table.schema(),
                texts(request, "columns"),
                texts(request, "forms"),
                request.number("keys", 1, 1_000));
    }

    private static int bits(ApiRequest request) {
        return request.number("bits", 12, 16);
    }

    private static List<String> texts(ApiRequest request, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : request.body().path(field)) {
            texts.add(text.asText());
        }
        return texts;
    }

    private static byte[] bytes(ApiRequest request, String field) throws IOException {
        return request.body().path(field).binaryValue();
    }

    private static List<KeyHash> keys(ApiRequest request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(request, "hashes"));
        List<KeyHash> keys = new ArrayList<>();
        while (bytes.remaining() >= 2 * Long.BYTES) {
            keys.add(new KeyHash(bytes.getLong(), bytes.getLong()));
        }
        return keys;
    }
}
