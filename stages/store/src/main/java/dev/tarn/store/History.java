package dev.tarn.store;

import java.time.Duration;

/** How far back time travel reaches: what is older may be cleaned away. */
public sealed interface History {
    /** At least the last so many commits. A busy table keeps as many log files per file group as it keeps commits. */
    record Commits(int commits) implements History {}

    /** At least everything younger than this, in whole hours. */
    record Age(Duration age) implements History {}
}
