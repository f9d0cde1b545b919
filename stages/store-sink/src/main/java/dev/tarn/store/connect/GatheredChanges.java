package dev.tarn.store.connect;

import dev.tarn.store.Change;
import dev.tarn.store.ChangeBatch;
import dev.tarn.store.Offsets;
import dev.tarn.store.Operation;
import dev.tarn.store.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes that wait for their commit, and where a commit may end. Commits of all tables of a lake end at whole seconds
 * of their source's commit time, as far as that can be: so there is a state of every table for nearly every second, and
 * the states of one second hold the same transactions. A table that is behind takes many seconds into one commit; which
 * ones follows from the seconds alone, so that tables that are behind cut at the same ones too.
 *
 * <p>All changes of a transaction have its commit time, so no transaction is cut by this. Rows of a first copy have the
 * time at which they were read, which is no boundary of anything.
 */
final class GatheredChanges {
    private static final long GRID_MILLIS = 1_000;

    private final List<Change> changes = new ArrayList<>();
    private final Map<TopicPartition, Long> reached = new HashMap<>();
    /** The index of the first change after the cut: a commit ends before it. 0 for no cut. */
    private int cut;

    private long cutSecond;
    private int copied;
    private long second = Long.MIN_VALUE;

    boolean isEmpty() {
        return reached.isEmpty();
    }

    boolean hasChanges() {
        return !changes.isEmpty();
    }

    /** Whether all of it is rows of a first copy. */
    boolean isCopied() {
        return hasChanges() && copied == changes.size();
    }

    int size() {
        return changes.size();
    }

    Change last() {
        return changes.get(changes.size() - 1);
    }

    /** Whether a commit that ends at a whole second can be made. */
    boolean hasCut() {
        return cut > 0;
    }

    /** The offset up to which records of a partition have been gathered; 0 for none. */
    long next(TopicPartition partition) {
        return reached.getOrDefault(partition, 0L);
    }

    void add(Change change) {
        if (change.operation() != Operation.READ) {
            // Commit times of transactions that end together may come a little out of order.
            long next = Math.max(second, Math.floorDiv(change.sourceMillis(), GRID_MILLIS));
            if (next > second && !changes.isEmpty() && (cut == 0 || isRounder(next, cutSecond))) {
                cut = changes.size();
                cutSecond = next;
            }
            second = next;
        } else {
            copied++;
        }
        changes.add(change);
    }

    void reach(TopicPartition partition, long next) {
        reached.put(partition, next);
    }

    /** Whether every table that reaches over both seconds shall cut at the first one: it divides by a higher power of two. */
    private static boolean isRounder(long candidate, long current) {
        return Long.numberOfTrailingZeros(candidate) >= Long.numberOfTrailingZeros(current);
    }

    /** What a commit holds now: up to the cut, or all where there is none. */
    ChangeBatch batch() {
        if (cut == 0) {
            return ChangeBatch.of(List.copyOf(changes), new Offsets(reached));
        }
        Map<TopicPartition, Long> upto = new HashMap<>(reached);
        for (int i = changes.size() - 1; i >= cut; i--) {
            upto.put(changes.get(i).from(), changes.get(i).offset());
        }
        return ChangeBatch.of(List.copyOf(changes.subList(0, cut)), new Offsets(upto));
    }

    /** Forgets the changes of {@link #batch} and keeps those behind the cut. */
    void committed() {
        if (cut == 0) {
            clear();
            return;
        }
        List<Change> rest = List.copyOf(changes.subList(cut, changes.size()));
        changes.clear();
        cut = 0;
        copied = 0;
        second = Long.MIN_VALUE;
        rest.forEach(this::add);
    }

    void clear() {
        changes.clear();
        reached.clear();
        cut = 0;
        copied = 0;
        second = Long.MIN_VALUE;
    }
}
