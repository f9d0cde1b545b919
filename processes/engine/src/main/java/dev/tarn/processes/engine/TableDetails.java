package dev.tarn.processes.engine;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.TableFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table with what takes longer to tell.
 *
 * @param partitions how many folders hold rows
 * @param rows that a reader of the newest state sees
 * @param putAside records that the table could not take, in its quarantine
 */
record TableDetails(
        @JsonUnwrapped TableStatus status, long partitions, long rows, long putAside, List<ColumnDetails> columns) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    TableDetails {
        columns = List.copyOf(columns);
    }

    /** @param type in SQL */
    record ColumnDetails(String name, String type, @Nullable String comment) {}

    static TableDetails of(CatalogTable table, LakeTables tables, Queries queries) throws IOException {
        HudiTable hudi = tables.open(table);
        TableFiles files = tables.files(table, hudi);
        return new TableDetails(
                TableStatus.of(table, hudi, files),
                files.partitions(),
                queries.count(table, PATIENCE),
                hudi.putAside(),
                Stream.of(table.schema().fields())
                        .map(field -> new ColumnDetails(
                                field.name(),
                                field.dataType().sql().toLowerCase(java.util.Locale.ROOT),
                                field.getComment().getOrElse(() -> null)))
                        .toList());
    }
}
