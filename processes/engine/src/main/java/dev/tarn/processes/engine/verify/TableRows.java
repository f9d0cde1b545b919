package dev.tarn.processes.engine.verify;

import dev.tarn.analyze.verify.CanonicalRow;
import dev.tarn.analyze.verify.ColumnForm;
import dev.tarn.analyze.verify.KeyHash;
import dev.tarn.analyze.verify.RangeSums;
import dev.tarn.analyze.verify.RowHashes;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table at its newest commit, hashed where they are read: what is collected are sums, hashes, or few rows.
 * Rows that were deleted softly are left out.
 */
public final class TableRows {
    private static final String PARTITION = "_hoodie_partition_path";
    /** Where a row lies counts, not what it says of that. A file group without a base file has no name here. */
    private static final String FILE = "input_file_name()";

    private static final String DELETED = "__deleted";

    private final SparkSession session;
    private final FastRows fast;
    private final String table;
    private final String path;
    private final boolean softDeletes;
    private final Layout layout;
    private final List<String> columns;

    /** How a row's columns become its form; goes to where the rows are. */
    private record Layout(StructType types, String[] forms, int keys) implements Serializable {
        SparkColumn[] columns() {
            SparkColumn[] columns = new SparkColumn[forms.length];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = new SparkColumn(types.fields()[i].dataType(), ColumnForm.parse(forms[i]));
            }
            return columns;
        }
    }

    /**
     * A row that was found.
     *
     * @param hash of its key and of the whole, as {@link RowHashes} has them
     * @param values of the key columns, or of all
     */
    public record FoundRow(byte[] hash, String partition, List<@Nullable String> values) {
        public FoundRow {
            values = java.util.Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /**
     * @param fast is asked for all rows before Spark is
     * @param path of the table's folder
     * @param schema of the table
     * @param columns those that count, key columns first
     * @param forms of the columns
     * @param keys how many are key columns
     */
    public TableRows(
            SparkSession session,
            FastRows fast,
            String database,
            String table,
            String path,
            StructType schema,
            List<String> columns,
            List<String> forms,
            int keys) {
        this.session = session.newSession();
        this.fast = fast;
        this.table = quoted(database) + "." + quoted(table);
        this.path = new Path(path).toUri().getPath();
        this.softDeletes = Stream.of(schema.fieldNames()).anyMatch(DELETED::equals);
        this.columns = List.copyOf(columns);
        this.layout = new Layout(
                new StructType(columns.stream().map(schema::apply).toArray(StructField[]::new)),
                forms.toArray(String[]::new),
                keys);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private Dataset<Row> query(String... more) {
        String sql = "SELECT "
                + Stream.concat(columns.stream().map(TableRows::quoted), Stream.of(more))
                        .collect(Collectors.joining(", "))
                + " FROM " + table
                + (softDeletes ? " WHERE coalesce(" + DELETED + ", 'false') <> 'true'" : "");
        return session.sql(sql);
    }

    private static JavaRDD<InternalRow> onSpark(Dataset<Row> query) {
        return query.queryExecution().toRdd().toJavaRDD();
    }

    /** The sums of all rows. */
    public RangeSums sums(int bits) {
        Dataset<Row> query = query();
        RangeSums sums = new RangeSums(bits);
        Hasher hashed = new Hasher(layout);
        if (fast.each(session, query, row -> hashed.addTo(sums, row))) {
            return sums;
        }
        Layout rowLayout = layout;
        JavaRDD<byte[]> parts = onSpark(query).mapPartitions(rows -> {
            RangeSums part = new RangeSums(bits);
            Hasher hasher = new Hasher(rowLayout);
            while (rows.hasNext()) {
                hasher.addTo(part, rows.next());
            }
            return List.of(part.toBytes()).iterator();
        });
        if (parts.getNumPartitions() == 0) {
            return new RangeSums(bits);
        }
        return RangeSums.fromBytes(parts.reduce((one, other) -> {
            RangeSums sum = RangeSums.fromBytes(one);
            sum.add(RangeSums.fromBytes(other));
            return sum.toBytes();
        }));
    }

    /** The hashes of all rows in some ranges. */
    public RowHashes hashes(int bits, BitSet ranges) {
        Dataset<Row> query = query();
        RowHashes found = new RowHashes();
        Hasher hashed = new Hasher(layout);
        if (fast.each(session, query, row -> hashed.addTo(found, bits, ranges, row))) {
            return found;
        }
        Layout rowLayout = layout;
        List<byte[]> parts = onSpark(query)
                .mapPartitions(rows -> {
                    RowHashes part = new RowHashes();
                    Hasher hasher = new Hasher(rowLayout);
                    while (rows.hasNext()) {
                        hasher.addTo(part, bits, ranges, rows.next());
                    }
                    return List.of(part.toBytes()).iterator();
                })
                .collect();
        RowHashes hashes = new RowHashes();
        parts.forEach(part -> hashes.add(RowHashes.fromBytes(part)));
        return hashes;
    }

    /**
     * The rows of some keys.
     *
     * @param all whether with all values, or those of the key alone
     */
    public List<FoundRow> rows(Collection<KeyHash> keys, boolean all) {
        Layout rowLayout = layout;
        String folder = path;
        Set<List<Long>> asked = new HashSet<>();
        keys.forEach(key -> asked.add(List.of(key.high(), key.low())));
        HashSet<List<Long>> sent = new HashSet<>(asked);
        List<Object[]> found = onSpark(query(quoted(PARTITION), FILE))
                .mapPartitions(rows -> {
                    List<Object[]> part = new ArrayList<>();
                    Hasher hasher = new Hasher(rowLayout);
                    while (rows.hasNext()) {
                        InternalRow row = rows.next();
                        hasher.read(row);
                        KeyHash key = hasher.key();
                        if (sent.contains(List.of(key.high(), key.low()))) {
                            RowHashes hashes = new RowHashes();
                            hashes.add(key, hasher.whole());
                            part.add(new Object[] {hashes.toBytes(), partition(row, folder), hasher.texts(row, all)});
                        }
                    }
                    Iterator<Object[]> result = part.iterator();
                    return result;
                })
                .collect();
        return found.stream()
                .map(row -> new FoundRow((byte[]) row[0], (String) row[1], Arrays.asList((String[]) row[2])))
                .toList();
    }

    private static String partition(InternalRow row, String table) {
        int place = row.numFields() - 1;
        String file = row.isNullAt(place) ? "" : row.getUTF8String(place).toString();
        String name = file.isEmpty() ? "" : URI.create(file).getPath();
        if (name.startsWith(table + "/")) {
            return name.substring(table.length() + 1, Math.max(table.length() + 1, name.lastIndexOf('/')));
        }
        return row.isNullAt(place - 1) ? "" : row.getUTF8String(place - 1).toString();
    }

    /** Hashes one row after the other. */
    private static final class Hasher {
        private final SparkColumn[] columns;
        private final int keys;
        private final CanonicalRow canonical = new CanonicalRow();
        private int keyEnd;

        Hasher(Layout layout) {
            columns = layout.columns();
            keys = layout.keys();
        }

        void read(InternalRow row) {
            canonical.clear();
            for (int i = 0; i < columns.length; i++) {
                columns[i].add(row, i, canonical);
                if (i == keys - 1) {
                    keyEnd = canonical.size();
                }
            }
        }

        void addTo(RangeSums sums, InternalRow row) {
            read(row);
            sums.add(key(), whole());
        }

        void addTo(RowHashes hashes, int bits, BitSet ranges, InternalRow row) {
            read(row);
            KeyHash key = key();
            if (ranges.get((int) (key.high() >>> (Long.SIZE - bits)))) {
                hashes.add(key, whole());
            }
        }

        KeyHash key() {
            return canonical.hash(keyEnd);
        }

        KeyHash whole() {
            return canonical.hash(canonical.size());
        }

        @Nullable
        String[] texts(InternalRow row, boolean all) {
            @Nullable String[] texts = new String[all ? columns.length : keys];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = columns[i].text(row, i);
            }
            return texts;
        }
    }
}
