package dev.tarn.processes.engine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * A table of the lake as the catalog knows it.
 *
 * @param type mor or cow
 * @param path of its folder
 * @param source words about where its rows come from; empty for a table of the lake's own, which SQL writes
 * @param views the names under which it can be read, the table's own first
 */
record CatalogTable(
        String database,
        String table,
        String type,
        String path,
        String source,
        List<String> views,
        List<String> partitionColumns,
        @JsonIgnore StructType schema) {
    CatalogTable {
        views = List.copyOf(views);
        partitionColumns = List.copyOf(partitionColumns);
    }

    String fullName() {
        return database + "." + table;
    }
}
