package dev.tarn.store.hudi;

import dev.tarn.store.index.FileLocation;
import dev.tarn.store.index.GlobalIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which file group takes which rows of a commit. */
final class WritePlan {
    private final Map<FileLocation, GroupWrites> groups = new LinkedHashMap<>();
    private final Map<RowWrite, FileLocation> newPlaces = new java.util.IdentityHashMap<>();
    private final List<RowWrite> writes;

    private WritePlan(List<RowWrite> writes) {
        this.writes = writes;
    }

    static WritePlan of(List<RowWrite> writes, FileGroups files, long bytesPerRow, String instant) {
        WritePlan plan = new WritePlan(writes);
        Map<String, List<RowWrite>> inserts = new HashMap<>();
        for (RowWrite write : writes) {
            if (write.at() == null) {
                inserts.computeIfAbsent(write.partition(), x -> new ArrayList<>())
                        .add(write);
            } else {
                FileGroup group = Objects.requireNonNull(files.find(write.at()), () -> "no file group " + write.at());
                plan.at(group).rows().add(write);
            }
        }
        inserts.forEach((partition, rows) -> {
            FileGroup group = files.forInserts(partition, rows.size(), bytesPerRow, instant);
            plan.at(group).rows().addAll(rows);
            rows.forEach(row -> plan.newPlaces.put(row, group.location()));
        });
        return plan;
    }

    private GroupWrites at(FileGroup group) {
        return groups.computeIfAbsent(group.location(), x -> new GroupWrites(group));
    }

    Collection<GroupWrites> groups() {
        return groups.values();
    }

    /** Tells the index what is where now. Only after the commit: so a failed one leaves nothing to undo. */
    void applyTo(GlobalIndex index) {
        // A row that moved comes as a delete there followed by an insert here; the order of the list keeps the insert.
        for (RowWrite write : writes) {
            if (write.isDelete()) {
                index.delete(write.key(), write.order());
            } else {
                FileLocation at = write.at() == null ? newPlaces.get(write) : write.at();
                index.put(write.key(), Objects.requireNonNull(at), write.order());
            }
        }
    }
}
