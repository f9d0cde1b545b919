package dev.tarn.server;

import dev.tarn.analyze.verify.KeyHash;
import dev.tarn.analyze.verify.LakeSide;
import dev.tarn.analyze.verify.RangeSums;
import dev.tarn.analyze.verify.RowHashes;
import dev.tarn.analyze.verify.SourceSide.Detail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lake's side of a comparison: asks the engine, where the rows are. */
final class EngineRows implements LakeSide {
    private static final int KEYS_AT_ONCE = 10_000;

    private final EngineClient engine;
    private final String path;
    private final Map<String, Object> layout;
    private final int keys;

    /**
     * @param path of the table in the engine's API
     * @param columns those that are compared, key columns first
     * @param forms of the columns
     * @param keys how many are key columns
     */
    EngineRows(EngineClient engine, String path, List<String> columns, List<String> forms, int keys) {
        this.engine = engine;
        this.path = path;
        this.layout = Map.of("columns", columns, "forms", forms, "keys", keys);
        this.keys = keys;
    }

    /** The types of the table's columns, by their names. */
    static Map<String, String> columns(EngineClient engine, String path) throws IOException {
        Map<String, String> types = new java.util.LinkedHashMap<>();
        for (Map<?, ?> column : objects(engine.ask(path + "/rows", Map.of("what", "columns")), "columns")) {
            types.put(String.valueOf(column.get("name")), String.valueOf(column.get("type")));
        }
        return types;
    }

    @Override
    public RangeSums sums(int bits) {
        return RangeSums.fromBytes(bytes(ask(Map.of("what", "sums", "bits", bits)), "sums"));
    }

    @Override
    public RowHashes hashes(int bits, BitSet ranges) {
        return RowHashes.fromBytes(
                bytes(ask(Map.of("what", "hashes", "bits", bits, "ranges", base64(ranges.toByteArray()))), "hashes"));
    }

    @Override
    public List<Row> rows(Collection<KeyHash> asked, Detail detail) {
        List<KeyHash> all = List.copyOf(asked);
        List<Row> rows = new ArrayList<>();
        for (int from = 0; from < all.size(); from += KEYS_AT_ONCE) {
            List<KeyHash> some = all.subList(from, Math.min(all.size(), from + KEYS_AT_ONCE));
            ByteBuffer hashes = ByteBuffer.allocate(some.size() * 2 * Long.BYTES);
            some.forEach(key -> hashes.putLong(key.high()).putLong(key.low()));
            boolean values = detail == Detail.VALUES;
            for (Map<?, ?> row :
                    objects(ask(Map.of("what", "rows", "hashes", base64(hashes.array()), "values", values)), "rows")) {
                rows.add(row(row, values));
            }
        }
        return rows;
    }

    private Row row(Map<?, ?> fields, boolean values) {
        ByteBuffer hash = ByteBuffer.wrap(bytes(fields, "hash"));
        List<@Nullable String> texts = new ArrayList<>();
        for (Object text : list(fields, "values")) {
            texts.add((String) text);
        }
        return new Row(
                new KeyHash(hash.getLong(), hash.getLong()),
                new KeyHash(hash.getLong(), hash.getLong()),
                texts.subList(0, keys).stream().map(String::valueOf).toList(),
                values ? texts : List.of(),
                String.valueOf(fields.get("partition")));
    }

    @Override
    public Reached reached() {
        Map<String, Object> position = ask(Map.of("what", "position"));
        return new Reached(
                ((Number) Objects.requireNonNull(position.get("lsn"))).longValue(),
                Boolean.TRUE.equals(position.get("questionOpen")));
    }

    @Override
    public void askWriter() {
        ask(Map.of("what", "ask"));
    }

    @Override
    public void withdraw() {
        ask(Map.of("what", "withdraw"));
    }

    /** Has the table's writer bring rows in line, and waits for it. */
    void repair(Map<String, ?> rows) {
        ask(Map.of("what", "repair", "repair", rows));
    }

    private Map<String, Object> ask(Map<String, ?> question) {
        Map<String, Object> body = new HashMap<>(layout);
        body.putAll(question);
        try {
            return engine.ask(path + "/rows", body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<?> list(Map<?, ?> answer, String field) {
        return (List<?>) Objects.requireNonNull(answer.get(field), field);
    }

    private static List<Map<?, ?>> objects(Map<String, Object> answer, String field) {
        List<Map<?, ?>> objects = new ArrayList<>();
        for (Object each : list(answer, field)) {
            objects.add((Map<?, ?>) each);
        }
        return objects;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(Map<?, ?> answer, String field) {
        return Base64.getDecoder().decode(String.valueOf(answer.get(field)));
    }
}
