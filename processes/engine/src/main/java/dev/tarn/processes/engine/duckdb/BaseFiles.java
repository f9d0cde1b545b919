package dev.tarn.processes.engine.duckdb;

import java.util.List;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.types.StructType;

/** The Parquet files that hold all rows of a table, as a leaf of a plan. Spark itself never reads it. */
final class BaseFiles extends BaseRelation {
    private final SQLContext context;
    private final StructType schema;
    private final List<String> paths;

    BaseFiles(SQLContext context, StructType schema, List<String> paths) {
        this.context = context;
        this.schema = schema;
        this.paths = List.copyOf(paths);
    }

    @Override
    public SQLContext sqlContext() {
        return context;
    }

    @Override
    public StructType schema() {
        return schema;
    }

    List<String> paths() {
        return paths;
    }
}
