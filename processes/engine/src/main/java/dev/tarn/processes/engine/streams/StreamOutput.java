package dev.tarn.processes.engine.streams;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Takes the rows of a stream, batch by batch. */
interface StreamOutput {
    /**
     * Writes one batch, which may come again after a crash.
     *
     * @param id counted from 0, without a gap
     */
    void write(Dataset<Row> batch, long id);
}
