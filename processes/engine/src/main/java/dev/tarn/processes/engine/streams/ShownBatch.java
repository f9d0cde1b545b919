package dev.tarn.processes.engine.streams;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a batch, for whoever watches.
 *
 * @param truncated whether there were more
 */
public record ShownBatch(long batch, StructType type, List<Row> rows, boolean truncated) {
    public ShownBatch {
        rows = List.copyOf(rows);
    }
}
