package dev.tarn.processes.engine.duckdb;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The Parquet files that hold all rows of a table, each once. They stay until this is closed.
 *
 * @param base files that writers of the table have written, at different times
 * @param merged files that have all of the table's columns in their types of now
 * @param changed base files of which some rows do not count any more
 * @param columns that the table has now
 * @param release what is to be done once nobody reads them
 */
public record TableParquet(
        List<String> base, List<String> merged, List<Changed> changed, Supplier<StructType> columns, Runnable release)
        implements AutoCloseable {
    /** Hudi's column for a row's key. */
    public static final String KEY = "_hoodie_record_key";

    /** A column of Hudi's that each row has, and a key that stands for a deleted row has not. */
    public static final String COMMIT = "_hoodie_commit_time";

    public TableParquet {
        base = List.copyOf(base);
        merged = List.copyOf(merged);
        changed = List.copyOf(changed);
    }

    /**
     * A base file and what became of its rows.
     *
     * @param base null if all rows are in the changes
     * @param changes a file with the keys of all rows that were changed, added or deleted; with all columns, in their types of
     *     now, of those that there are
     */
    public record Changed(@Nullable String base, String changes) {}

    @Override
    public void close() {
        release.run();
    }
}
