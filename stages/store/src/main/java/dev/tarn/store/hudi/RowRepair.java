package dev.tarn.store.hudi;

import dev.tarn.store.Change;
import dev.tarn.store.Operation;
import dev.tarn.store.Repair;
import dev.tarn.store.Row;
import dev.tarn.store.index.FileLocation;
import dev.tarn.store.index.GlobalIndex;
import dev.tarn.store.index.IndexEntry;
import dev.tarn.store.index.RowOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works out the writes that bring rows in line with their source. Where the rows are, it reads from the file groups
 * themselves: the index, which knows one place for each key, may be part of the fault. Of several copies one stays, in the
 * folder where the row belongs.
 */
final class RowRepair {
    private final RowLayout layout;
    private final GlobalIndex index;
    private final FileGroups groups;
    private final SliceReader reader;
    private final StoredRows storedRows;
    private final String upTo;

    RowRepair(
            RowLayout layout,
            GlobalIndex index,
            FileGroups groups,
            SliceReader reader,
            StoredRows storedRows,
            String upTo) {
        this.layout = layout;
        this.index = index;
        this.groups = groups;
        this.reader = reader;
        this.storedRows = storedRows;
        this.upTo = upTo;
    }

    /** The writes of one commit; a row of which a later version is known is left to that. */
    List<RowWrite> writes(Repair repair) throws IOException {
        Map<String, @Nullable Object[]> rows = new LinkedHashMap<>();
        for (Row row : repair.rows()) {
            put(rows, row, repair);
        }
        Map<String, @Nullable Object[]> gone = new LinkedHashMap<>();
        for (Row row : repair.gone()) {
            put(gone, row, repair);
        }
        Set<String> keys = new HashSet<>(rows.keySet());
        keys.addAll(gone.keySet());
        Map<String, List<FileLocation>> places = places(keys);
        complete(rows, places);
        long order = RowOrder.ofCopy(repair.lsn());
        List<RowWrite> writes = new ArrayList<>();
        gone.forEach((key, values) -> deletes(writes, key, places.getOrDefault(key, List.of()), null, order));
        rows.forEach((key, values) -> {
            String partition = Objects.requireNonNull(layout.partitions().path(values));
            List<FileLocation> held = places.getOrDefault(key, List.of());
            FileLocation home = held.stream()
                    .filter(place -> place.partition().equals(partition))
                    .findFirst()
                    .orElse(null);
            // Deletes first: the index takes the last word on a key, and that is where the row is.
            deletes(writes, key, held, home, order);
            writes.add(new RowWrite(key, partition, home, values, order));
        });
        return writes;
    }

    private void put(Map<String, @Nullable Object[]> rows, Row row, Repair repair) {
        @Nullable
        Object[] values = layout.encoder().encode(Change.of(Operation.READ, row, repair.lsn(), repair.sourceMillis()));
        String key = layout.keys().key(values);
        IndexEntry known = index.find(key);
        if (known == null || RowOrder.replaces(RowOrder.ofCopy(repair.lsn()), known.order())) {
            rows.put(key, values);
        }
    }

    private Map<String, List<FileLocation>> places(Set<String> keys) throws IOException {
        Map<String, List<FileLocation>> places = new HashMap<>();
        for (FileGroup group : groups.all()) {
            reader.read(group, List.of(), upTo, row -> {
                String key = row.get(0).toString();
                if (keys.contains(key)) {
                    places.computeIfAbsent(key, x -> new ArrayList<>()).add(group.location());
                }
                return true;
            });
        }
        return places;
    }

    private void complete(Map<String, @Nullable Object[]> rows, Map<String, List<FileLocation>> places)
            throws IOException {
        Map<FileLocation, Map<String, @Nullable Object[]>> incomplete = new HashMap<>();
        rows.forEach((key, values) -> {
            List<FileLocation> held = places.getOrDefault(key, List.of());
            if (held.isEmpty()) {
                Arrays.setAll(values, i -> values[i] == Row.UNCHANGED ? null : values[i]);
            } else if (Arrays.asList(values).contains(Row.UNCHANGED)) {
                incomplete.computeIfAbsent(held.get(0), x -> new HashMap<>()).put(key, values);
            }
        });
        storedRows.fill(incomplete);
    }

    private static void deletes(
            List<RowWrite> writes, String key, List<FileLocation> places, @Nullable FileLocation but, long order) {
        for (FileLocation place : places) {
            if (!place.equals(but)) {
                writes.add(new RowWrite(key, place.partition(), place, null, order));
            }
        }
    }
}
