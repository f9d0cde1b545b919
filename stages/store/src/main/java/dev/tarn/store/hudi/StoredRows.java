package dev.tarn.store.hudi;

import dev.tarn.store.Row;
import dev.tarn.store.index.FileLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Fetches the stored values that a batch needs, one pass over each file group that holds some. */
final class StoredRows {
    private final SliceReader reader;
    private final FileGroups groups;
    private final Schema schema;
    private final HudiThreads threads;
    private final String upTo;

    StoredRows(SliceReader reader, FileGroups groups, Schema schema, HudiThreads threads, String upTo) {
        this.reader = reader;
        this.groups = groups;
        this.schema = schema;
        this.threads = threads;
        this.upTo = upTo;
    }

    /** Replaces each {@link Row#UNCHANGED} by the stored value, or by null where no row is found. */
    void fill(Map<FileLocation, Map<String, @Nullable Object[]>> incomplete) throws IOException {
        List<Callable<Void>> tasks = new ArrayList<>();
        incomplete.forEach((location, rows) -> tasks.add(() -> {
            fill(location, rows);
            return null;
        }));
        try {
            threads.callAll(tasks);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private void fill(FileLocation location, Map<String, @Nullable Object[]> rows) throws IOException {
        FileGroup group = groups.find(location);
        int[] places = unchangedPlaces(rows);
        if (group != null) {
            int[] left = {rows.size()};
            reader.read(group, fields(places), upTo, row -> {
                @Nullable Object[] values = rows.get(row.get(0).toString());
                if (values != null) {
                    fill(values, places, row);
                    left[0]--;
                }
                return left[0] > 0;
            });
        }
        rows.values().forEach(values -> {
            for (int place : places) {
                values[place] = values[place] == Row.UNCHANGED ? null : values[place];
            }
        });
    }

    private int[] unchangedPlaces(Map<String, @Nullable Object[]> rows) {
        Set<Integer> places = new LinkedHashSet<>();
        rows.values().forEach(values -> {
            for (int i = 0; i < values.length; i++) {
                if (values[i] == Row.UNCHANGED) {
                    places.add(i);
                }
            }
        });
        return places.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private List<Schema.Field> fields(int[] places) {
        return Arrays.stream(places).mapToObj(schema.getFields()::get).toList();
    }

    private void fill(@Nullable Object[] values, int[] places, IndexedRecord row) {
        for (int i = 0; i < places.length; i++) {
            if (values[places[i]] == Row.UNCHANGED) {
                Schema type = schema.getFields().get(places[i]).schema();
                // Copied, since the reader may use its buffers again for the next row.
                values[places[i]] = GenericData.get().deepCopy(type, row.get(i + 1));
            }
        }
    }
}
