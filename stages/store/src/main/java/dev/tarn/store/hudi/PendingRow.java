package dev.tarn.store.hudi;

import dev.tarn.store.Change;
import dev.tarn.store.index.IndexEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All changes of one row in a batch, and what becomes of the row. */
final class PendingRow {
    private final String key;
    private final @Nullable IndexEntry stored;
    private final List<Version> versions = new ArrayList<>(1);
    private boolean sorted = true;

    /** A change with its row's values in Avro's form. */
    record Version(Change change, @Nullable Object[] values) {}

    PendingRow(String key, @Nullable IndexEntry stored) {
        this.key = key;
        this.stored = stored;
    }

    String key() {
        return key;
    }

    @Nullable
    IndexEntry stored() {
        return stored;
    }

    boolean isStored() {
        return stored != null && !stored.deleted();
    }

    /** Whether a change of this position comes after what is stored: an equal one does. */
    boolean isNewer(long lsn) {
        return stored == null || lsn >= stored.order();
    }

    void add(Change change, @Nullable Object[] values) {
        sorted &=
                versions.isEmpty() || versions.get(versions.size() - 1).change().lsn() <= change.lsn();
        versions.add(new Version(change, values));
    }

    /** The versions from the lowest position to the highest; equals stay in order of arrival. */
    List<Version> inOrder() {
        if (!sorted) {
            versions.sort(Comparator.comparingLong(version -> version.change().lsn()));
            sorted = true;
        }
        return versions;
    }
}
