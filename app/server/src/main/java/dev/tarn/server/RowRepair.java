package dev.tarn.server;

import dev.tarn.analyze.postgres.PostgresRows;
import dev.tarn.analyze.verify.Fault;
import dev.tarn.collect.capture.FollowedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Has rows of a table brought in line: reads them from the source once more, and gives them to the table's writer as a copy
 * of just these rows, with the position at which they were read. A change that comes later beats them.
 */
final class RowRepair {
    private static final int ROWS_AT_ONCE = 200;

    private final PostgresRows source;
    private final EngineRows lake;
    private final ComparedColumns columns;
    private final Map<String, String> lakeTypes;
    private final FollowedTable followed;

    RowRepair(
            PostgresRows source,
            EngineRows lake,
            ComparedColumns columns,
            Map<String, String> lakeTypes,
            FollowedTable followed) {
        this.source = source;
        this.lake = lake;
        this.columns = columns;
        this.lakeTypes = lakeTypes;
        this.followed = followed;
    }

    /** How many rows were given to the writer. */
    int run(List<Fault> faults) {
        List<List<String>> keys = faults.stream().map(Fault::key).distinct().toList();
        for (int from = 0; from < keys.size(); from += ROWS_AT_ONCE) {
            lake.repair(request(keys.subList(from, Math.min(keys.size(), from + ROWS_AT_ONCE))));
        }
        return keys.size();
    }

    private Map<String, Object> request(List<List<String>> keys) {
        PostgresRows.ForLake found = source.forLake(keys);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<Map<String, @Nullable Object>> gone = new ArrayList<>();
        for (List<String> key : keys) {
            List<@Nullable Object> values = found.rows().get(key);
            if (values == null) {
                List<@Nullable Object> asKey = new ArrayList<>();
                for (int i = 0; i < key.size(); i++) {
                    asKey.add(columns.forms().get(i).forLake(key.get(i)));
                }
                gone.add(named(asKey));
            } else {
                Map<String, @Nullable Object> row = named(values);
                about(row, "__schema", followed.table().schema());
                about(row, "__table", followed.table().name());
                about(row, "__db", followed.address().url().database());
                rows.add(row);
            }
        }
        return Map.of("lsn", found.lsn(), "sourceMillis", System.currentTimeMillis(), "rows", rows, "gone", gone);
    }

    private Map<String, @Nullable Object> named(List<@Nullable Object> values) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            row.put(columns.lake().get(i), values.get(i));
        }
        return row;
    }

    private void about(Map<String, @Nullable Object> row, String column, String value) {
        if (lakeTypes.containsKey(column)) {
            row.put(column, value);
        }
    }
}
