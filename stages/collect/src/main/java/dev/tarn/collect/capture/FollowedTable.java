package dev.tarn.collect.capture;

import dev.tarn.collect.SourceTable;
import dev.tarn.collect.postgres.DatabaseAddress;
import java.util.List;

/**
 * Where the rows of a table of the lake come from.
 *
 * @param source its name
 * @param key the columns that name a row, as the database calls them
 * @param partition the columns that choose a row's folder, as the database calls them
 * @param slot the replication slot through which its changes come
 */
public record FollowedTable(
        String source,
        SourceTable table,
        List<String> key,
        List<String> partition,
        String slot,
        DatabaseAddress address) {
    public FollowedTable {
        key = List.copyOf(key);
        partition = List.copyOf(partition);
    }
}
