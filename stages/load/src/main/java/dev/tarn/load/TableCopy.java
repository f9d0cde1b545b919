package dev.tarn.load;

import dev.tarn.store.Columns;
import dev.tarn.store.Row;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads all rows of one table of PostgreSQL as they are at one moment, over several connections at once. It waits first for
 * transactions that are open in the database: one that wrote before anyone streamed the table's changes, and commits after
 * the moment, would be neither in the copy nor in the stream.
 *
 * <p>One thread polls; the copy reads on threads of its own, and a few batches ahead at most.
 */
public final class TableCopy implements AutoCloseable {
    private final BatchQueue batches;
    private final CopyProgress progress;
    private final CopyThreads threads;

    private TableCopy(BatchQueue batches, CopyProgress progress, CopyThreads threads) {
        this.batches = batches;
        this.progress = progress;
        this.threads = threads;
    }

    /** Begins; returns at once. */
    public static TableCopy start(TableToCopy table, CopySettings settings) {
        BatchQueue batches = new BatchQueue(2 * settings.connections());
        CopyProgress progress = new CopyProgress();
        CopyThreads threads = new CopyThreads(table, settings, batches, progress);
        threads.start();
        return new TableCopy(batches, progress, threads);
    }

    /**
     * The next rows, all with the same columns, which are one instance for the whole copy.
     *
     * @return empty if none came within that time, or if there are no more
     * @throws UnfitTableException if a column cannot be read in Debezium's form; it names all such columns
     * @throws dev.tarn.model.TarnException EXTERNAL {@code SOURCE_COPY} when the database fails; USER {@code COPY_VALUE} for
     *     a value that has no form in the lake
     */
    public List<Row> poll(Duration wait) throws InterruptedException {
        return batches.poll(wait);
    }

    /** Whether all rows have been polled. */
    public boolean isDone() {
        return batches.isDrained();
    }

    /** How far it is. */
    public CopyStatus status() {
        return progress.status();
    }

    /** A position in the source's log behind all that the rows show. Known once rows came, or all were polled. */
    public long lsn() {
        return known(progress.moment()).lsn();
    }

    /** When the rows were as they are, in milliseconds since 1970. Known once rows came, or all were polled. */
    public long sourceMillis() {
        return known(progress.moment()).millis();
    }

    /** The columns of the rows. Known once rows came, or all were polled. */
    public Columns columns() {
        return known(progress.columns());
    }

    private static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value, "not known before rows come");
    }

    /** Ends what still reads; nothing of it stays in the database. */
    @Override
    public void close() {
        batches.close();
        threads.end();
    }
}
