package dev.tarn.processes.engine.history;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table as it was after its commits. */
final class TableStates {
    static final String KEY = "_hoodie_record_key";
    static final String INSTANT = "_hoodie_commit_time";
    static final String DELETED = "__deleted";
    static final String OP = "__op";
    static final String LSN = "__lsn";
    static final String SOURCE_TIME = "__source_ts_ms";

    private static final List<String> ABOUT_THE_ROW =
            List.of(OP, LSN, SOURCE_TIME, DELETED, "__db", "__table", "__schema");

    private final SparkSession session;
    private final String path;

    /** @param path of the table's folder */
    TableStates(SparkSession session, String path) {
        this.session = session;
        this.path = path;
    }

    /** All rows after the commit of an instant, softly deleted ones among them. */
    Dataset<Row> after(String instant) {
        // Read by its path: a view of the catalog may be one that sees base files alone.
        return session.read().format("hudi").option("as.of.instant", instant).load(path);
    }

    /** Rows without those that are deleted softly. */
    static Dataset<Row> living(Dataset<Row> rows) {
        return has(rows, DELETED)
                ? rows.filter(coalesce(col(DELETED), lit("false")).notEqual("true"))
                : rows;
    }

    static boolean has(Dataset<Row> rows, String column) {
        return Arrays.asList(rows.columns()).contains(column);
    }

    /** Whether a column is of the row, and not about it. */
    static boolean isOfTheRow(String column) {
        return !column.startsWith("_hoodie_") && !ABOUT_THE_ROW.contains(column);
    }
}
