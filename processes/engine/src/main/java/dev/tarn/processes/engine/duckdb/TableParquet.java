package dev.tarn.processes.engine.duckdb;

import java.util.List;

/**
 * The Parquet files that hold all rows of a table, each once. They stay until this is closed.
 *
 * @param base files that writers of the table have written, at different times
 * @param merged files that have all of the table's columns in their types of now
 * @param release what is to be done once nobody reads them
 */
public record TableParquet(List<String> base, List<String> merged, Runnable release) implements AutoCloseable {
    public TableParquet {
        base = List.copyOf(base);
        merged = List.copyOf(merged);
    }

    @Override
    public void close() {
        release.run();
    }
}
