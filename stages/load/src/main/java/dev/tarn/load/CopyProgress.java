package dev.tarn.load;

import dev.tarn.load.postgres.Moment;
import dev.tarn.store.Columns;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is known of a running copy: its threads write it, others ask. */
final class CopyProgress {
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile CopyStatus.Phase phase = CopyStatus.Phase.WAITING;
    private volatile @Nullable String waitsFor;
    private volatile @Nullable Moment moment;
    private volatile @Nullable Columns columns;
    private volatile long expectedRows;
    private volatile long expectedBytes;

    void waitsFor(@Nullable String what) {
        waitsFor = what;
    }

    void reads(Moment at, Columns what, long estimatedRows, long estimatedBytes) {
        moment = at;
        columns = what;
        expectedRows = estimatedRows;
        expectedBytes = estimatedBytes;
        waitsFor = null;
        phase = CopyStatus.Phase.READING;
    }

    void add(long moreRows, long moreBytes) {
        rows.add(moreRows);
        bytes.add(moreBytes);
    }

    void done() {
        phase = CopyStatus.Phase.DONE;
    }

    @Nullable
    Moment moment() {
        return moment;
    }

    @Nullable
    Columns columns() {
        return columns;
    }

    CopyStatus status() {
        return new CopyStatus(phase, waitsFor, rows.sum(), bytes.sum(), expectedRows, expectedBytes);
    }
}
