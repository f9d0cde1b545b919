package dev.tarn.store.hudi;

import dev.tarn.store.index.FileLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.hudi.common.config.TypedProperties;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.schema.HoodieSchema;
import org.apache.hudi.io.HoodieCreateHandle;

/**
 * The first base file of a new file group, which takes rows until it is closed. It is written on other threads than the one
 * that gives the rows, by one of them at a time and in the order in which the rows were given.
 */
final class NewBaseFile {
    private final FileLocation location;
    private final HoodieCreateHandle<Object, ?, ?, ?> handle;
    private final HoodieSchema schema;
    private final TypedProperties properties;
    private final Function<RowWrite, HoodieRecord<Object>> toRecord;
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    private volatile boolean full;

    NewBaseFile(
            FileLocation location,
            HoodieCreateHandle<Object, ?, ?, ?> handle,
            HoodieSchema schema,
            TypedProperties properties,
            Function<RowWrite, HoodieRecord<Object>> toRecord) {
        this.location = location;
        this.handle = handle;
        this.schema = schema;
        this.properties = properties;
        this.toRecord = toRecord;
    }

    FileLocation location() {
        return location;
    }

    /** Whether it has reached its size. It takes rows all the same: a few more do no harm. */
    boolean isFull() {
        return full;
    }

    /**
     * Has rows written, after all those before.
     *
     * @return done when they are written, or fails as soon as any of this file's rows could not be
     */
    CompletableFuture<Void> write(List<RowWrite> rows, Executor threads) {
        written = written.thenRunAsync(() -> write(rows), threads);
        return written;
    }

    private void write(List<RowWrite> rows) {
        for (RowWrite row : rows) {
            HoodieRecord<Object> record = toRecord.apply(row);
            if (!handle.canWrite(record)) {
                full = true;
            }
            handle.write(record, schema, properties);
        }
    }

    /** Has it closed when nothing is written to it any more: what was written, or why a row was not. */
    CompletableFuture<List<HoodieWriteStat>> close(Executor threads) {
        return written.handleAsync(
                (nothing, failure) -> {
                    List<HoodieWriteStat> stats = close();
                    if (failure != null) {
                        throw failure instanceof CompletionException known ? known : new CompletionException(failure);
                    }
                    return stats;
                },
                threads);
    }

    private List<HoodieWriteStat> close() {
        try {
            return GroupWriter.stats(handle.close());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
