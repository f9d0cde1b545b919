package dev.tarn.store.hudi;

import dev.tarn.store.index.GlobalIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Builds the index from the table: keys and positions of the newest rows, several file groups at a time. */
final class IndexLoader {
    private static final int CHUNK = 4096;

    private final SliceReader reader;
    private final GroupKeys keys;
    private final HudiThreads threads;

    IndexLoader(SliceReader reader, HudiThreads threads, String upTo) {
        this.reader = reader;
        this.keys = new GroupKeys(reader, new BaseFileKeys(reader.hadoop()), upTo);
        this.threads = threads;
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
        Chunk chunk = new Chunk(group, index);
        keys.read(group, chunk::add);
        chunk.flush();
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
