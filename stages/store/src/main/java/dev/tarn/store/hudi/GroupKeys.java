package dev.tarn.store.hudi;

import dev.tarn.store.MetadataColumns;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads which rows a file group holds, and the order of each. The logs say what became of the rows that they speak of, the
 * last word counts; of the base file the others are taken. Hudi's merging reader, which makes a row of each, serves where
 * logs are too large to be remembered, or hold anything but rows and deletes.
 */
final class GroupKeys {
    /** So much log is some hundred thousand keys. */
    private static final long MOST_LOG_BYTES = 64L << 20;

    private static final long DELETED = Long.MIN_VALUE;

    private final SliceReader reader;
    private final BaseFileKeys baseFiles;
    private final String upTo;

    GroupKeys(SliceReader reader, BaseFileKeys baseFiles, String upTo) {
        this.reader = reader;
        this.baseFiles = baseFiles;
        this.upTo = upTo;
    }

    /** @param visitor takes each row once */
    void read(FileGroup group, BaseFileKeys.Visitor visitor) throws IOException {
        Map<String, Long> logged = group.logBytes() <= MOST_LOG_BYTES ? logged(group) : null;
        if (logged == null) {
            reader.read(group, columns(), upTo, row -> {
                visitor.row(row.get(0).toString(), order(row));
                return true;
            });
            return;
        }
        logged.forEach((key, order) -> {
            if (order != DELETED) {
                visitor.row(key, order);
            }
        });
        String baseFile = group.baseFile();
        if (baseFile != null) {
            baseFiles.read(baseFile, (key, order) -> {
                if (!logged.containsKey(key)) {
                    visitor.row(key, order);
                }
            });
        }
    }

    /** What the logs say of each row that they speak of; null where they hold what only Hudi can judge. */
    private @Nullable Map<String, Long> logged(FileGroup group) throws IOException {
        Map<String, Long> logged = new HashMap<>();
        boolean plain = reader.readLogs(group, columns(), new SliceReader.LogVisitor() {
            @Override
            public void row(IndexedRecord row) {
                logged.put(row.get(0).toString(), order(row));
            }

            @Override
            public void delete(String key) {
                logged.put(key, DELETED);
            }
        });
        return plain ? logged : null;
    }

    private static long order(IndexedRecord row) {
        return RowLayout.order(row.get(2).toString(), (Long) row.get(1));
    }

    private static List<Schema.Field> columns() {
        return List.of(
                nullable(MetadataColumns.LSN, Schema.Type.LONG), nullable(MetadataColumns.OP, Schema.Type.STRING));
    }

    private static Schema.Field nullable(String name, Schema.Type type) {
        Schema schema = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(type));
        return new Schema.Field(name, schema, null, JsonProperties.NULL_VALUE);
    }
}
