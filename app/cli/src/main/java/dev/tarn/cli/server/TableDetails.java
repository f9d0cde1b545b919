package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table with its columns and counts.
 *
 * @param partitions how many of them hold rows
 * @param putAside records that the table could not take
 */
public record TableDetails(LakeTable table, long rows, long partitions, long putAside, List<Column> columns) {
    public TableDetails {
        columns = List.copyOf(columns);
    }

    /** @param type in SQL */
    public record Column(String name, String type, @Nullable String comment) {}

    static TableDetails parse(JsonFields fields) throws IOException {
        List<Column> columns = new ArrayList<>();
        for (JsonFields column : fields.objects("columns")) {
            columns.add(new Column(column.text("name"), column.text("type"), column.optionalText("comment")));
        }
        return new TableDetails(
                LakeTable.parse(fields),
                fields.number("rows"),
                fields.number("partitions"),
                fields.number("putAside"),
                columns);
    }
}
