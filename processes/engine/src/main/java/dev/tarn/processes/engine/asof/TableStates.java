package dev.tarn.processes.engine.asof;

import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.hudi.TableCommits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states of one table that can be read, and the moments of the source that each of them stands for. A moment is a
 * number of milliseconds since 1970; the state at a moment holds what the source committed before it, and nothing else.
 *
 * <p>A state stands for a moment if all commits up to it hold changes from before the moment alone, and all later ones
 * changes from then on alone. Where a commit reaches over a moment, no state stands for it. The newest state stands for
 * moments after its last change only as far as it is known that nothing is missing.
 */
final class TableStates {
    private final String table;
    private final String source;
    /** Oldest first; those that stand for no moment at all are left out. */
    private final List<State> states;

    private TableStates(String table, String source, List<State> states) {
        this.table = table;
        this.source = source;
        this.states = List.copyOf(states);
    }

    /**
     * A state.
     *
     * @param instant of the commit that made it
     * @param position that it reaches in the source's log; null if it has none
     * @param after it stands for moments after this one
     * @param upto and up to this one
     */
    record State(String instant, @Nullable SourcePosition position, long after, long upto) {}

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
            boolean kept = commits.keptFrom() == null || commit.instant().compareTo(commits.keptFrom()) >= 0;
            boolean newest = earliestAfter[i + 1] == Long.MAX_VALUE;
            long upto = newest ? complete : earliestAfter[i + 1];
            if (kept && latest > Long.MIN_VALUE && latest < upto) {
                states.add(new State(commit.instant(), commit.position(), latest, upto));
            }
        }
        return new TableStates(table, source, states);
    }

    String table() {
        return table;
    }

    String source() {
        return source;
    }

    /** The state for the latest moment that is not after the one that is asked for. */
    Optional<State> latest(long moment) {
        for (int i = states.size() - 1; i >= 0; i--) {
            if (states.get(i).after() < moment) {
                return Optional.of(states.get(i));
            }
        }
        return Optional.empty();
    }

    /** The newest state that reaches no further than a position of the source's log. */
    Optional<State> upTo(long lsn) {
        for (int i = states.size() - 1; i >= 0; i--) {
            SourcePosition position = states.get(i).position();
            if (position != null && Long.compareUnsigned(position.lsn(), lsn) <= 0) {
                return Optional.of(states.get(i));
            }
        }
        return Optional.empty();
    }

    /** The state that a commit made. */
    Optional<State> find(String instant) {
        return states.stream().filter(state -> state.instant().equals(instant)).findFirst();
    }

    /** The first moment that a state stands for; empty if there is none. */
    Optional<Long> first() {
        return states.isEmpty() ? Optional.empty() : Optional.of(states.get(0).after() + 1);
    }
}
