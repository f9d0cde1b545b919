package dev.tarn.store;

import java.util.List;

/**
 * The changes of one commit, in order of arrival, with the place in the topics and in the source that they reach.
 *
 * @param changes in order of arrival; rows of several schemas may follow each other
 * @param offsets where to read on after this batch; partitions not named keep what the last commit says
 * @param lsn the source position reached, at least that of the last change
 */
public record ChangeBatch(List<Change> changes, Offsets offsets, long lsn) {

    /** The position is that of the highest change. */
    public static ChangeBatch of(List<Change> changes, Offsets offsets) {
        return new ChangeBatch(
                changes, offsets, changes.stream().mapToLong(Change::lsn).max().orElse(0));
    }
}
