package dev.tarn.processes.engine.streams;

import java.util.stream.Stream;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.PrunedScan;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that are read anew whenever Spark plans a batch. A table of Hudi, or a file, would else be what it was when the
 * stream started.
 */
final class FreshRelation extends BaseRelation implements PrunedScan {
    private final Dataset<Row> first;
    private final Loader loader;

    /** What reads them. */
    interface Loader {
        Dataset<Row> load();
    }

    FreshRelation(Loader loader) {
        this.loader = loader;
        this.first = loader.load();
    }

    @Override
    public SQLContext sqlContext() {
        return first.sqlContext();
    }

    @Override
    public StructType schema() {
        return first.schema();
    }

    // Small ones are sent to all tasks, as Spark does with what it knows to be small.
    @Override
    public long sizeInBytes() {
        return first.queryExecution().optimizedPlan().stats().sizeInBytes().toLong();
    }

    /**
     * Rows as Spark has them inside, which this promises by {@link #needConversion}.
     *
     * @throws IllegalStateException if columns have other types than when the stream started: it has to start anew
     */
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public RDD<Row> buildScan(String[] columns) {
        Dataset<Row> rows = loader.load()
                .select(Stream.of(columns)
                        .map(name -> functions.col("`" + name.replace("`", "``") + "`"))
                        .toArray(Column[]::new));
        for (StructField now : rows.schema().fields()) {
            StructField planned = schema().apply(now.name());
            if (!now.dataType().equals(planned.dataType()) || now.nullable() && !planned.nullable()) {
                throw new IllegalStateException("column '" + now.name() + "' has become "
                        + now.dataType().sql() + (now.nullable() ? "" : " NOT NULL") + ", and was "
                        + planned.dataType().sql() + (planned.nullable() ? "" : " NOT NULL"));
            }
        }
        return (RDD) rows.queryExecution().toRdd();
    }

    @Override
    public boolean needConversion() {
        return false;
    }
}
