package dev.tarn.store.connect;

import java.time.Duration;
import java.time.Instant;

/**
 * When the rows of a first copy go into one commit, and for how long. A commit of a copy takes many batches: each file is
 * then as large as a file should be, and what a reader would otherwise fold, from a log for each batch, is not written.
 */
final class CopyProgress {
    /** So many rows become files of a good size in some partitions, too. */
    private static final int MOST_ROWS = 1_000_000;

    /** So much is read again after a crash, at most, and so long no row can be seen. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** A source that brings no row for so long has brought them all. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final int largeBatch;
    private Instant begun = Instant.MAX;
    private Instant last = Instant.MAX;
    private int rows;

    /** @param largeBatch so many rows at once are a copy of a table that is not small */
    CopyProgress(int largeBatch) {
        this.largeBatch = largeBatch;
    }

    boolean isOpen() {
        return rows > 0;
    }

    /** Whether these belong to a commit that goes on. */
    boolean takes(GatheredChanges gathered) {
        return gathered.isCopied() && (isOpen() || gathered.size() >= largeBatch);
    }

    void took(int more, Instant now) {
        if (!isOpen()) {
            begun = now;
        }
        last = now;
        rows += more;
    }

    boolean isAtRest(Instant now) {
        return isOpen() && Duration.between(last, now).compareTo(REST) >= 0;
    }

    boolean isLongEnough(Instant now) {
        return isOpen() && (rows >= MOST_ROWS || Duration.between(begun, now).compareTo(LONGEST) >= 0);
    }

    void ended() {
        rows = 0;
        begun = Instant.MAX;
    }
}
