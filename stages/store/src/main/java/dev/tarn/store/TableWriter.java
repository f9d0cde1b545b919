package dev.tarn.store;

import java.util.Optional;
import java.util.Set;

/**
 * Writes the changes of one table, each batch as one atomic commit that carries the offsets and the source position it
 * reaches: whoever opens the table next reads on from there, so that each change counts exactly once. One writer owns a
 * table from open to close; a second one is refused. Not thread-safe: one thread calls it.
 *
 * <p>What holds for every implementation is in {@code TableWriterContract}.
 */
public interface TableWriter extends AutoCloseable {

    /** The newest commit of a writer, also one before this writer was opened; empty for a table without any. */
    Optional<TableCommit> lastCommit();

    /**
     * Commits a batch. When it throws, the table is as it was before and the same batch may be given again.
     *
     * @param refused takes the changes whose values do not fit their columns; the others are committed without them
     * @throws dev.tarn.model.TarnException USER where the columns of a change do not fit the table's, EXTERNAL where
     *     storage fails
     */
    TableCommit commit(ChangeBatch batch, RefusedChanges refused);

    /**
     * Takes rows of a first copy into the next commit, which any other call makes first: so that base files grow to their
     * size over many batches, instead of each batch adding a log to be folded. Rows that are not new to the table are
     * committed at once.
     *
     * <p>When this or the call that makes the commit throws, all that was taken since {@link #lastCommit} is gone, and must
     * be given again.
     *
     * @param rows changes of {@link Operation#READ} alone
     * @param order how the rows of a partition come
     */
    void copy(ChangeBatch rows, CopyOrder order, RefusedChanges refused);

    /** As {@link #copy(ChangeBatch, CopyOrder, RefusedChanges)}, of rows in any order. */
    default void copy(ChangeBatch rows, RefusedChanges refused) {
        copy(rows, CopyOrder.MIXED, refused);
    }

    /** Commits what {@link #copy} has taken, if anything. */
    void endCopy();

    /** Forgets what {@link #copy} has taken since the last commit, if anything. */
    void dropCopy();

    /** Commits a batch all of whose changes must fit. */
    default TableCommit commit(ChangeBatch batch) {
        return commit(batch, RefusedChanges.NOT_ALLOWED);
    }

    /**
     * Deletes rows that the source no longer has. When it throws, it may be given again.
     *
     * @param offsets where to read on afterwards
     * @throws dev.tarn.model.TarnException EXTERNAL where storage fails
     */
    void delete(RowsGone gone, Offsets offsets);

    /** The columns of the table, metadata columns included; empty before the first commit of a new table. */
    Columns columns();

    /** The folders that hold rows, relative to the table's, escaped as Hive does; "" alone without partition columns. */
    Set<String> partitions();

    @Override
    void close();
}
