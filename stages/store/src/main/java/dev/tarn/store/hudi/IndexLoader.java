package dev.tarn.store.hudi;

import dev.tarn.store.MetadataColumns;
import dev.tarn.store.Operation;
import dev.tarn.store.index.GlobalIndex;
import dev.tarn.store.index.RowOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** Builds the index from the table: keys and positions of the newest rows, several file groups at a time. */
final class IndexLoader {
    private static final int CHUNK = 4096;

    private final SliceReader reader;
    private final HudiThreads threads;
    private final String upTo;

    IndexLoader(SliceReader reader, HudiThreads threads, String upTo) {
        this.reader = reader;
        this.threads = threads;
        this.upTo = upTo;
    }

    void load(FileGroups groups, GlobalIndex index) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (FileGroup group : groups.all()) {
            tasks.add(() -> {
                load(group, index);
                return null;
            });
        }
        threads.callAll(tasks);
        // Last, since a row that has moved is deleted where it was and lives where it is.
        for (FileGroup group : groups.all()) {
            reader.readDeletes(group, index::rememberDelete);
        }
    }

    private void load(FileGroup group, GlobalIndex index) throws IOException {
        List<Schema.Field> order = List.of(
                nullable(MetadataColumns.LSN, Schema.Type.LONG), nullable(MetadataColumns.OP, Schema.Type.STRING));
        Chunk chunk = new Chunk(group, index);
        reader.read(group, order, upTo, row -> {
            long lsn = (Long) row.get(1);
            boolean copied = Operation.READ.letter().contentEquals((CharSequence) row.get(2));
            chunk.add(row.get(0).toString(), copied ? RowOrder.ofCopy(lsn) : RowOrder.ofChange(lsn));
            return true;
        });
        chunk.flush();
    }

    private static Schema.Field nullable(String name, Schema.Type type) {
        Schema schema = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(type));
        return new Schema.Field(name, schema, null, JsonProperties.NULL_VALUE);
    }

    /** Rows on their way into the index, which takes one thread at a time. */
    private static final class Chunk {
        private final FileGroup group;
        private final GlobalIndex index;
        private final String[] keys = new String[CHUNK];
        private final long[] orders = new long[CHUNK];
        private int size;

        Chunk(FileGroup group, GlobalIndex index) {
            this.group = group;
            this.index = index;
        }

        void add(String key, long order) {
            keys[size] = key;
            orders[size] = order;
            if (++size == CHUNK) {
                flush();
            }
        }

        void flush() {
            synchronized (index) {
                for (int i = 0; i < size; i++) {
                    index.put(keys[i], group.location(), orders[i]);
                }
            }
            size = 0;
        }
    }
}
