package dev.tarn.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.ColumnType.Decimal;
import dev.tarn.store.ColumnType.ListOf;
import dev.tarn.store.ColumnType.Scalar;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A table under test and the words in which the contract speaks of it. Reading back goes past the writer. */
public abstract class TableFixture {
    protected static final TopicPartition TOPIC = new TopicPartition("lake.shop.orders", 0);
    protected static final Columns COLUMNS = Columns.of(
            new Column("id", Scalar.LONG),
            new Column("name", Scalar.STRING),
            new Column("note", Scalar.STRING),
            new Column("country", Scalar.STRING));

    @TempDir
    protected Path folder;

    private @Nullable TableWriter writer;
    protected @Nullable TableDescription table;
    /** Of the last commit. */
    protected long nextOffset;

    /** The kind of table under test, with hard deletes, in {@link #folder}. */
    protected abstract TableDescription describe(String table, String... keys);

    protected abstract TableWriter open(TableDescription description);

    /** All rows as a reader sees them, as of an instant or, for null, now. Without the engine's own columns. */
    protected abstract List<Map<String, @Nullable Object>> read(TableDescription description, @Nullable String asOf);

    /** Folds logs into base files where the kind of table has logs. */
    protected abstract void compact(TableWriter writer);

    @AfterEach
    void close() {
        if (writer != null) {
            writer.close();
        }
    }

    protected static final Columns ALL_TYPES = Columns.of(
            new Column("id", Scalar.LONG),
            new Column("flag", Scalar.BOOLEAN),
            new Column("small", Scalar.INT),
            new Column("big", Scalar.LONG),
            new Column("f", Scalar.FLOAT),
            new Column("d", Scalar.DOUBLE),
            new Column("text", Scalar.STRING),
            new Column("bytes", Scalar.BYTES),
            new Column("day", Scalar.DATE),
            new Column("at", Scalar.TIMESTAMP),
            new Column("price", new Decimal(10, 2)),
            new Column("huge", new Decimal(38, 9)),
            new Column("tags", new ListOf(Scalar.STRING)),
            new Column("counts", new ListOf(Scalar.INT)));

    protected static @Nullable Object[] allTypes(long id) {
        return new Object[] {
            id,
            true,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            -1e-300,
            "Ünïcødé 漢字 😀 \u0000 \n",
            new byte[] {0, -1, 127, -128},
            LocalDate.of(1582, 10, 4),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            new BigDecimal("-12345678.90"),
            new BigDecimal("12345678901234567890123456789.123456789"),
            Arrays.asList("a", null, ""),
            List.of(1, 2, 3)
        };
    }

    protected TableDescription openOrders() {
        table = describe("orders", "id").partitionedBy("country");
        reopen();
        return table;
    }

    protected void reopen() {
        close();
        writer = open(java.util.Objects.requireNonNull(table));
    }

    protected TableWriter writer() {
        return java.util.Objects.requireNonNull(writer);
    }

    protected TableCommit commit(Change... changes) {
        return writer().commit(ChangeBatch.of(List.of(changes), new Offsets(Map.of(TOPIC, ++nextOffset))));
    }

    protected static Row row(Columns columns, @Nullable Object... values) {
        return Row.of(columns, values);
    }

    protected static Change change(Operation operation, long lsn, Columns columns, @Nullable Object... values) {
        return Change.of(operation, Row.of(columns, values), lsn, lsn * 1000);
    }

    protected static Change create(long id, String name, String country, long lsn) {
        return change(Operation.CREATE, lsn, COLUMNS, id, name, "note " + name, country);
    }

    protected static Change copied(long id, String name, String country, long lsn) {
        return change(Operation.READ, lsn, COLUMNS, id, name, "note " + name, country);
    }

    protected static Change update(long id, String name, String country, long lsn) {
        return change(Operation.UPDATE, lsn, COLUMNS, id, name, "note " + name, country);
    }

    protected static Change delete(long id, long lsn) {
        return change(Operation.DELETE, lsn, COLUMNS, id, null, null, null);
    }

    protected static Columns with(Columns columns, Column more) {
        List<Column> all = new java.util.ArrayList<>(columns.list());
        all.add(more);
        return new Columns(all);
    }

    protected List<Map<String, @Nullable Object>> rows() {
        return read(java.util.Objects.requireNonNull(table), null);
    }

    protected Map<String, @Nullable Object> row(long id) {
        List<Map<String, @Nullable Object>> found = rows().stream()
                .filter(row -> ((Number) java.util.Objects.requireNonNull(row.get("id"))).longValue() == id)
                .toList();
        assertThat(found).as("rows of id " + id).hasSize(1);
        return found.get(0);
    }

    protected Map<Object, @Nullable Object> names() {
        return byId(rows(), "name");
    }

    protected Map<Object, @Nullable Object> names(String asOf) {
        return byId(read(java.util.Objects.requireNonNull(table), asOf), "name");
    }

    protected Map<Object, @Nullable Object> notes() {
        return byId(rows(), "note");
    }

    protected Map<Object, @Nullable Object> countries() {
        return byId(rows(), "country");
    }

    protected static Map<Object, @Nullable Object> byId(List<Map<String, @Nullable Object>> rows, String column) {
        Map<Object, @Nullable Object> result = new TreeMap<>();
        for (Map<String, @Nullable Object> row : rows) {
            Object id = java.util.Objects.requireNonNull(row.get("id"));
            assertThat(result).as("two rows of id " + id).doesNotContainKey(id);
            result.put(id, row.get(column));
        }
        return result;
    }
}
