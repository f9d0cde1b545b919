package dev.tarn.store.hudi;

import dev.tarn.model.TarnException;
import dev.tarn.store.Change;
import dev.tarn.store.DeleteMode;
import dev.tarn.store.Offsets;
import dev.tarn.store.RefusedChanges;
import dev.tarn.store.Row;
import dev.tarn.store.RowsGone;
import dev.tarn.store.SourceSpan;
import dev.tarn.store.TableDescription;
import dev.tarn.store.index.FileLocation;
import dev.tarn.store.index.GlobalIndex;
import dev.tarn.store.index.IndexEntry;
import dev.tarn.store.index.RowOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each row of a batch what becomes of it, so that Hudi has nothing left to decide: which changes are late,
 * which of several wins, where the row is now and where it belongs, and what a value is that the source did not send.
 */
final class ChangeResolver {
    private final TableDescription table;
    private final RowLayout layout;
    private final GlobalIndex index;
    private final StoredRows storedRows;

    ChangeResolver(TableDescription table, RowLayout layout, GlobalIndex index, StoredRows storedRows) {
        this.table = table;
        this.layout = layout;
        this.index = index;
        this.storedRows = storedRows;
    }

    /**
     * What a batch comes to: what to write, which deletes to remember, when the source made the changes that counted, and
     * how many did not count.
     */
    record Resolved(List<RowWrite> writes, List<RowWrite> unknownDeletes, SourceSpan span, long passedOver) {
        static final Resolved NOTHING = new Resolved(List.of(), List.of(), SourceSpan.NONE, 0);

        /** Deletes that no change tells of. */
        static Resolved gone(List<RowWrite> deletes, RowsGone gone) {
            return new Resolved(deletes, List.of(), SourceSpan.at(gone.sourceMillis()), 0);
        }
    }

    /**
     * @param committed changes before these offsets have been committed before
     * @param refused takes the changes that cannot be stored
     */
    Resolved resolve(List<Change> changes, Offsets committed, RefusedChanges refused) throws IOException {
        Map<String, PendingRow> rows = new LinkedHashMap<>(changes.size() * 2);
        KeyChanges keyChanges = new KeyChanges();
        long passedOver = 0;
        List<Change> counted = new ArrayList<>(changes.size());
        for (Change change : changes) {
            if (change.offset() < committed.next(change.from())) {
                passedOver++;
                continue;
            }
            @Nullable Object[] values;
            String key;
            try {
                values = layout.encoder().encode(change);
                key = layout.keys().key(values);
            } catch (TarnException e) {
                refused.put(change, e);
                continue;
            }
            PendingRow row = rows.get(key);
            if (row == null) {
                row = new PendingRow(key, index.find(key));
                rows.put(key, row);
            }
            if (row.isNewer(change)) {
                row.add(change, values, keyChanges.origin(change, values));
                keyChanges.seen(change, row);
                counted.add(change);
            } else {
                passedOver++;
            }
        }
        return new Resolution().run(rows, SourceSpan.of(counted), passedOver);
    }

    /** The work on one batch. */
    private final class Resolution {
        private final List<RowWrite> writes = new ArrayList<>();
        private final List<RowWrite> unknownDeletes = new ArrayList<>();
        /** Rows that need values of their stored version, by the file group that holds it. */
        private final Map<FileLocation, Map<String, @Nullable Object[]>> incomplete = new HashMap<>();

        private final List<PendingRow> waiting = new ArrayList<>();
        private final List<@Nullable Object[]> waitingValues = new ArrayList<>();

        Resolved run(Map<String, PendingRow> rows, SourceSpan span, long passedOver) throws IOException {
            for (PendingRow row : rows.values()) {
                if (!row.inOrder().isEmpty()) {
                    resolve(row);
                }
            }
            storedRows.fill(incomplete);
            for (int i = 0; i < waiting.size(); i++) {
                place(waiting.get(i), waitingValues.get(i));
            }
            return new Resolved(writes, unknownDeletes, span, passedOver);
        }

        private void resolve(PendingRow row) {
            PendingRow.State state = row.state();
            PendingRow.Version last = row.inOrder().get(row.inOrder().size() - 1);
            if (state.values() != null) {
                upsert(row, state.values(), state.origin());
            } else if (table.deletes() == DeleteMode.HARD) {
                deleteHard(row, RowOrder.ofChange(last.change().lsn()));
            } else {
                deleteSoft(row, last.values());
            }
        }

        private void upsert(PendingRow row, @Nullable Object[] values, PendingRow.@Nullable Origin origin) {
            if (origin != null && Arrays.asList(values).contains(Row.UNCHANGED)) {
                incomplete.computeIfAbsent(origin.at(), x -> new HashMap<>()).put(origin.key(), values);
                waiting.add(row);
                waitingValues.add(values);
            } else {
                place(row, values);
            }
        }

        /** Writes the row where it is, or, when its partition has changed, takes it away there and adds it here. */
        private void place(PendingRow row, @Nullable Object[] values) {
            String partition = Objects.requireNonNull(layout.partitions().path(values));
            long order = layout.order(values);
            FileLocation at = location(row);
            if (at == null || at.partition().equals(partition)) {
                writes.add(new RowWrite(row.key(), partition, at, values, order));
            } else {
                writes.add(new RowWrite(row.key(), at.partition(), at, null, order));
                writes.add(new RowWrite(row.key(), partition, null, values, order));
            }
        }

        private void deleteHard(PendingRow row, long order) {
            FileLocation at = location(row);
            if (at == null) {
                unknownDeletes.add(new RowWrite(row.key(), "", null, null, order));
            } else {
                writes.add(new RowWrite(row.key(), at.partition(), at, null, order));
            }
        }

        private void deleteSoft(PendingRow row, @Nullable Object[] values) {
            FileLocation at = location(row);
            @Nullable Object[] kept = new Object[values.length];
            for (int i = 0; i < values.length; i++) {
                if (layout.isKeptBySoftDelete(i) && values[i] != Row.UNCHANGED) {
                    kept[i] = values[i];
                }
            }
            if (at != null) {
                // The delete may come without the other columns; the row must not move for that.
                layout.partitions().restore(at.partition(), kept);
                writes.add(new RowWrite(row.key(), at.partition(), at, kept, layout.order(kept)));
            } else {
                place(row, kept);
            }
        }

        private @Nullable FileLocation location(PendingRow row) {
            IndexEntry stored = row.stored();
            return stored == null ? null : stored.location();
        }
    }
}
