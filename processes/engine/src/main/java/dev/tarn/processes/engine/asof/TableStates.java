package dev.tarn.processes.engine.asof;

import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.hudi.TableCommits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The states of one table that can be read, and the moments of the source that each of them stands for. A moment is a
 * number of milliseconds since 1970; the state at a moment holds what the source committed before it, and nothing else.
 *
 * <p>A state stands for a moment if all commits up to it hold changes from before the moment alone, and all later ones
 * changes from then on alone. Where a commit reaches over a moment, no state stands for it. The newest state stands for
 * moments after its last change only as far as it is known that nothing is missing.
 *
 * <p>The commits of a table of the lake's own say no times of a source; their times are those at which they were complete.
 */
final class TableStates {
    private static final int SHORT_NAME = 14;

    private final String table;
    private final String source;
    private final @Nullable String newestInstant;
    private final boolean complete;
    /** Oldest first. */
    private final List<State> states;

    private TableStates(String table, String source, TableCommits commits, List<State> states) {
        this.table = table;
        this.source = source;
        this.newestInstant = commits.newestInstant();
        this.complete = commits.past().complete();
        this.states = List.copyOf(states);
    }

    /**
     * A state.
     *
     * @param commit that made it
     * @param after it stands for moments after this one
     * @param upto and up to this one; for none where that is not later
     */
    record State(TableCommits.Commit commit, long after, long upto) {
        String instant() {
            return commit.instant();
        }

        boolean standsForAMoment() {
            return after > Long.MIN_VALUE && after < upto;
        }

        /** Whether it reaches no further than a position of the source's log. */
        boolean isUpTo(long lsn) {
            SourcePosition position = commit.position();
            return position != null && Long.compareUnsigned(position.lsn(), lsn) <= 0;
        }
    }

    /** @param complete the newest state lacks nothing from before this moment */
    static TableStates of(String table, String source, TableCommits commits, long complete) {
        List<TableCommits.Commit> all = commits.commits();
        long[] earliestAfter = new long[all.size() + 1];
        earliestAfter[all.size()] = Long.MAX_VALUE;
        for (int i = all.size() - 1; i >= 0; i--) {
            earliestAfter[i] = Math.min(earliestAfter[i + 1], all.get(i).fromMillis());
        }
        List<State> states = new ArrayList<>();
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < all.size(); i++) {
            TableCommits.Commit commit = all.get(i);
            latest = Math.max(latest, commit.uptoMillis());
            boolean newest = earliestAfter[i + 1] == Long.MAX_VALUE;
            if (commits.past().reaches(commit.instant())) {
                states.add(new State(commit, latest, newest ? complete : earliestAfter[i + 1]));
            }
        }
        return new TableStates(table, source, commits, states);
    }

    String table() {
        return table;
    }

    String source() {
        return source;
    }

    /** The name of the last thing that happened to the table; null if nothing has. */
    @Nullable
    String newestInstant() {
        return newestInstant;
    }

    /** Whether nothing of the table's past has been removed. */
    boolean isComplete() {
        return complete;
    }

    /** The state for the latest moment that is not after the one that is asked for. */
    Optional<State> latest(long moment) {
        return newest(state -> state.standsForAMoment() && state.after() < moment);
    }

    /** The newest state for moments that reaches no further than a position of the source's log. */
    Optional<State> upTo(long lsn) {
        return newest(state -> state.standsForAMoment() && state.isUpTo(lsn));
    }

    /** The state for moments that a commit made. */
    Optional<State> find(String instant) {
        return newest(state -> state.standsForAMoment() && state.instant().equals(instant));
    }

    /** The newest state, also one that stands for no moment. */
    Optional<State> newest() {
        return newest(state -> true);
    }

    /**
     * The state right after a commit, also one that stands for no moment; of a name between two commits, as a compaction
     * has, that after the first of them.
     */
    Optional<State> after(String instant) {
        // A name without milliseconds means its whole second.
        String last = instant.length() == SHORT_NAME ? instant + "999" : instant;
        return newest(state -> state.instant().compareTo(last) <= 0);
    }

    /** The newest state that reaches no further than a position, also one that stands for no moment. */
    Optional<State> afterPosition(long lsn) {
        return newest(state -> state.isUpTo(lsn));
    }

    private Optional<State> newest(Predicate<State> wanted) {
        for (int i = states.size() - 1; i >= 0; i--) {
            if (wanted.test(states.get(i))) {
                return Optional.of(states.get(i));
            }
        }
        return Optional.empty();
    }

    /** The oldest state that stands for a moment; empty if there is none. */
    Optional<State> first() {
        return states.stream().filter(State::standsForAMoment).findFirst();
    }

    /** The oldest state. */
    Optional<State> oldest() {
        return states.stream().findFirst();
    }
}
