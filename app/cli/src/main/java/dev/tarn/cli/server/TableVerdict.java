package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server found when it compared a table with its source.
 *
 * @param rows of the source at the position {@code lsn}
 * @param counts of faults by their kind, zeros among them
 * @param changedMeanwhile rows that were compared at a position after that, at {@code laterLsn} at the latest
 * @param undecided rows that cannot be called equal or wrong
 * @param behind whether that is because the lake has not read so far
 * @param repaired how many rows were brought in line before this
 * @param complete false if more differs than was looked at; without a wrong row, nothing is told of the rest
 * @param notCompared columns, each with the reason
 * @param answer all of it, for programs
 */
public record TableVerdict(
        String table,
        boolean equal,
        long lsn,
        long laterLsn,
        long rows,
        Map<String, Long> counts,
        long changedMeanwhile,
        long undecided,
        boolean behind,
        long repaired,
        boolean complete,
        long millis,
        Map<String, String> notCompared,
        List<RowFault> faults,
        Map<String, Object> answer) {
    /** The kinds of faults, in the order in which they are told. */
    public static final List<String> KINDS = List.of("missing", "extra", "different", "double");

    public TableVerdict {
        faults = List.copyOf(faults);
    }

    /** Whether a row was found that is wrong for certain. */
    public boolean isWrong() {
        return counts.values().stream().anyMatch(count -> count > 0);
    }

    /** A row that is wrong. */
    public record RowFault(
            String kind, Map<String, String> key, List<ColumnDifference> columns, List<String> partitions) {}

    /** A column of such a row; null stands for null. */
    public record ColumnDifference(
            String column,
            @Nullable String source,
            @Nullable String lake) {}

    static TableVerdict parse(JsonFields fields) throws IOException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String kind : KINDS) {
            counts.put(kind, fields.number(kind));
        }
        Map<String, String> notCompared = new LinkedHashMap<>();
        for (JsonFields column : fields.objects("notCompared")) {
            notCompared.put(column.text("column"), column.text("reason"));
        }
        List<RowFault> faults = new ArrayList<>();
        for (JsonFields fault : fields.objects("faults")) {
            List<ColumnDifference> columns = new ArrayList<>();
            for (JsonFields column : fault.objects("columns")) {
                columns.add(new ColumnDifference(
                        column.text("column"), column.optionalText("source"), column.optionalText("lake")));
            }
            faults.add(new RowFault(fault.text("kind"), fault.texts("key"), columns, fault.list("partitions")));
        }
        return new TableVerdict(
                fields.text("table"),
                isTrue(fields, "equal"),
                fields.number("lsn"),
                fields.number("laterLsn"),
                fields.number("rows"),
                counts,
                fields.number("changedMeanwhile"),
                fields.number("undecided"),
                isTrue(fields, "behind"),
                fields.number("repaired"),
                isTrue(fields, "complete"),
                fields.number("millis"),
                notCompared,
                faults,
                fields.values());
    }

    private static boolean isTrue(JsonFields fields, String field) {
        return Boolean.TRUE.equals(fields.values().get(field));
    }
}
