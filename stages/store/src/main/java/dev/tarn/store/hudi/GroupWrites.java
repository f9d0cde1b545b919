package dev.tarn.store.hudi;

import java.util.ArrayList;
import java.util.List;

/** What one commit does to one file group. */
record GroupWrites(FileGroup group, List<RowWrite> rows) {
    GroupWrites(FileGroup group) {
        this(group, new ArrayList<>());
    }
}
