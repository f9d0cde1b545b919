package dev.tarn.processes.engine.asof;

import dev.tarn.processes.engine.hudi.KeptCommits;
import dev.tarn.processes.engine.hudi.KeptCommits.Commit;
import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds, for moments, the commit of one table that was the newest then. */
public final class TableMoments {
    private static final int SHORT_NAME = 14;

    private final String table;
    private final KeptCommits commits;
    private final Instant now;

    /**
     * @param table its full name, for messages
     * @param now where spans before now end
     */
    public TableMoments(String table, KeptCommits commits, Instant now) {
        this.table = table;
        this.commits = commits;
        this.now = now;
    }

    /**
     * The newest commit that readers saw at a moment: by when it was completed for a time, by its name for an instant, by
     * the position that it reaches for a position in the source's log.
     *
     * @throws RefusedException with the code HISTORY_GONE if the moment is before the first commit as of which the whole
     *     table can be read, MOMENT_FUTURE if it is yet to come, TABLE_EMPTY if the table has no commit at all
     */
    public Commit find(Moment moment) {
        Commit first = commits.firstReadable()
                .orElseThrow(() -> new RefusedException(
                        409,
                        "TABLE_EMPTY",
                        "Cannot read table '" + table + "' as of " + moment + ": it has no commit yet. 'tarn table"
                                + " timeline " + table + "' shows what happens to it."));
        Commit found = newest(wasThere(moment)).orElseThrow(() -> gone(moment, first));
        if (found.instant().compareTo(first.instant()) < 0) {
            throw gone(moment, first);
        }
        return found;
    }

    private Optional<Commit> newest(Predicate<Commit> wasThere) {
        List<Commit> oldestFirst = commits.oldestFirst();
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            if (wasThere.test(oldestFirst.get(i))) {
                return Optional.of(oldestFirst.get(i));
            }
        }
        return Optional.empty();
    }

    private Predicate<Commit> wasThere(Moment moment) {
        if (moment instanceof Moment.Now) {
            return commit -> true;
        }
        if (moment instanceof Moment.Time time) {
            refuseFuture(moment, time.at());
            return completedBy(time.at());
        }
        if (moment instanceof Moment.Ago ago) {
            return completedBy(now.minus(ago.span()));
        }
        if (moment instanceof Moment.Lsn lsn) {
            return commit -> commits.position(commit)
                    .map(SourcePosition::lsn)
                    .filter(reached -> Long.compareUnsigned(reached, lsn.position()) <= 0)
                    .isPresent();
        }
        String name = ((Moment.Instant) moment).name();
        Instant time = commits.time(name);
        if (time != null) {
            refuseFuture(moment, time);
        }
        // A name without milliseconds means its whole second.
        String last = name.length() == SHORT_NAME ? name + "999" : name;
        return commit -> commit.instant().compareTo(last) <= 0;
    }

    private Predicate<Commit> completedBy(Instant time) {
        return commit -> {
            @Nullable
            Instant seen = commit.completedAt() == null ? commits.time(commit.instant()) : commit.completedAt();
            return seen != null && !seen.isAfter(time);
        };
    }

    private void refuseFuture(Moment moment, Instant time) {
        if (time.isAfter(now)) {
            throw new RefusedException(
                    400,
                    "MOMENT_FUTURE",
                    "Cannot read table '" + table + "' as of " + moment + ": it is now " + now
                            + ", so that is yet to come. Give a moment of the past, or 'now'.");
        }
    }

    private RefusedException gone(Moment moment, Commit first) {
        String since = first.completedAt() == null
                ? first.instant()
                : first.completedAt() + " (instant " + first.instant()
                        + commits.position(first)
                                .map(position -> ", position " + new Moment.Lsn(position.lsn()))
                                .orElse("")
                        + ")";
        return new RefusedException(
                400,
                "HISTORY_GONE",
                "Cannot read table '" + table + "' as of " + moment + ": its history "
                        + (commits.isComplete() ? "begins at " + since : "is kept from " + since + " on")
                        + ". Give a later moment; 'tarn table timeline " + table + "' shows the commits.");
    }
}
