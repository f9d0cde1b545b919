package dev.tarn.processes.engine.verify;

import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/** What may read the rows of a query faster than Spark does. */
public interface FastRows {
    /**
     * Gives all rows on, each in the place of the one before.
     *
     * @return whether it has; if not, some rows may have been given on, and Spark is to be asked
     */
    boolean each(SparkSession session, Dataset<Row> query, Consumer<InternalRow> rows);
}
