package dev.tarn.processes.engine.duckdb;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A table at one of its instants, as a leaf of a plan. Spark itself never reads it. */
final class TableLeaf extends BaseRelation {
    private final SQLContext context;
    private final StructType schema;
    private final CatalogTable table;
    private final @Nullable String instant;

    /** @param instant null for the newest */
    TableLeaf(SQLContext context, StructType schema, CatalogTable table, @Nullable String instant) {
        this.context = context;
        this.schema = schema;
        this.table = table;
        this.instant = instant;
    }

    @Override
    public SQLContext sqlContext() {
        return context;
    }

    @Override
    public StructType schema() {
        return schema;
    }

    /** Whether these are its columns, by name and type, in whatever order. */
    boolean hasColumns(StructType columns) {
        return names(columns).equals(names(schema));
    }

    private static Set<String> names(StructType columns) {
        return Stream.of(columns.fields())
                .map(field -> field.name().toLowerCase(Locale.ROOT) + " "
                        + field.dataType().catalogString())
                .collect(Collectors.toSet());
    }

    CatalogTable table() {
        return table;
    }

    @Nullable
    String instant() {
        return instant;
    }
}
