package dev.tarn.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a table writer promises of the rows of a first copy, whatever engine is behind it. */
public abstract class CopyContract extends TableFixture {
    @Test
    void copiedRowsAreCommittedTogetherAndNotSeenBefore() {
        openOrders();
        copy(copied(1, "a", "DE", 1), copied(2, "b", "FR", 1));
        copy(copied(3, "c", "DE", 1));
        assertThat(writer().lastCommit()).isEmpty();

        writer().endCopy();

        TableCommit commit = writer().lastCommit().orElseThrow();
        assertThat(commit.upserted()).isEqualTo(3);
        assertThat(commit.offsets().next(TOPIC)).isEqualTo(nextOffset);
        assertThat(commit.span()).isEqualTo(SourceSpan.at(1000));
        assertThat(names()).isEqualTo(Map.of(1L, "a", 2L, "b", 3L, "c"));
        assertThat(countries()).isEqualTo(Map.of(1L, "DE", 2L, "FR", 3L, "DE"));
    }

    @Test
    void endOfACopyThatNeverBeganIsNothing() {
        openOrders();

        writer().endCopy();

        assertThat(writer().lastCommit()).isEmpty();
    }

    @Test
    void changesAfterACopyMeetItsRows() {
        openOrders();
        copy(copied(1, "a", "DE", 1), copied(2, "b", "DE", 1), copied(3, "c", "DE", 1));

        // Of a row that moves, the value that did not come is in the base file that was just written.
        commit(update(1, "newer", "DE", 2), delete(2, 3), update(3, "moved", "FR", 4));

        assertThat(names()).isEqualTo(Map.of(1L, "newer", 3L, "moved"));
        assertThat(countries()).isEqualTo(Map.of(1L, "DE", 3L, "FR"));
    }

    @Test
    void rowThatIsCopiedTwiceIsThereOnce() {
        openOrders();
        copy(copied(1, "a", "DE", 1), copied(2, "b", "DE", 1));

        copy(copied(2, "b again", "DE", 5), copied(3, "c", "DE", 5));
        writer().endCopy();

        assertThat(names()).isEqualTo(Map.of(1L, "a", 2L, "b again", 3L, "c"));
    }

    @Test
    void copyOfARowThatHasChangedSinceIsPassedOver() {
        openOrders();
        commit(update(1, "newest", "DE", 9));

        copy(copied(1, "old", "DE", 5), copied(2, "b", "DE", 5));
        writer().endCopy();

        assertThat(names()).isEqualTo(Map.of(1L, "newest", 2L, "b"));
    }

    @Test
    void copyIsReadOnFromWhereTheLastCommitEnds() {
        openOrders();
        copy(copied(1, "a", "DE", 1));
        writer().endCopy();
        long committed = nextOffset;
        copy(copied(2, "b", "DE", 1));
        writer().endCopy();

        // The same once more, as after a crash: what is committed is passed over.
        writer().copy(batch(committed + 1, copied(2, "b", "DE", 1)), RefusedChanges.NOT_ALLOWED);
        writer().endCopy();
        reopen();

        assertThat(writer().lastCommit().orElseThrow().offsets().next(TOPIC)).isEqualTo(committed + 1);
        assertThat(names()).isEqualTo(Map.of(1L, "a", 2L, "b"));
    }

    @Test
    void copyIntoMorePartitionsThanFilesCanBeOpen() {
        openOrders();
        Map<Long, String> expected = new HashMap<>();
        for (int batch = 0; batch < 6; batch++) {
            List<Change> rows = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                long id = batch * 30L + i;
                // Five partitions at a time, thirty in all, and the first ones once more at the end.
                String country = "C" + (batch % 5 * 5 + i % 5);
                rows.add(copied(id, "n" + id, country, 1));
                expected.put(id, country);
            }
            copy(rows.toArray(new Change[0]));
        }
        List<Change> many = new ArrayList<>();
        for (long id = 1000; id < 1040; id++) {
            many.add(copied(id, "n" + id, "M" + id, 1));
            expected.put(id, "M" + id);
        }
        copy(many.toArray(new Change[0]));
        writer().endCopy();

        assertThat(countries()).isEqualTo(expected);
    }

    @Test
    void columnThatAppearsDuringACopyIsThereAfterwards() {
        openOrders();
        copy(copied(1, "a", "DE", 1));

        copy(change(
                Operation.READ, 1, with(COLUMNS, new Column("more", ColumnType.Scalar.INT)), 2L, "b", "note", "DE", 7));
        writer().endCopy();

        assertThat(byId(rows(), "more")).containsEntry(1L, null).containsEntry(2L, 7);
    }

    @Test
    void rowsOfAnUnfinishedCopyAreKeptByAnOrderlyEnd() {
        openOrders();
        copy(copied(1, "a", "DE", 1));

        reopen();

        assertThat(writer().lastCommit().orElseThrow().offsets().next(TOPIC)).isEqualTo(nextOffset);
        assertThat(names()).isEqualTo(Map.of(1L, "a"));
    }

    @Test
    void droppedCopyLeavesNothingAndMayComeAgain() {
        openOrders();
        copy(copied(1, "a", "DE", 1), copied(2, "b", "FR", 1));

        writer().dropCopy();

        assertThat(writer().lastCommit()).isEmpty();
        copy(copied(1, "a2", "FR", 2));
        writer().endCopy();
        writer().dropCopy();
        reopen();
        assertThat(names()).isEqualTo(Map.of(1L, "a2"));
        assertThat(countries()).isEqualTo(Map.of(1L, "FR"));
    }

    @Test
    void copyThatComesByPartitionIsOneCommitHoweverManyThereAre() {
        openOrders();
        Map<Long, String> expected = new HashMap<>();
        for (int batch = 0; batch < 3; batch++) {
            List<Change> rows = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                long id = batch * 40L + i;
                String country = "C" + id / 2;
                rows.add(copied(id, "n" + id, country, 1));
                expected.put(id, country);
            }
            writer().copy(
                            batch(++nextOffset, rows.toArray(new Change[0])),
                            CopyOrder.BY_PARTITION,
                            RefusedChanges.NOT_ALLOWED);
            assertThat(writer().lastCommit()).isEmpty();
        }

        writer().endCopy();

        assertThat(countries()).isEqualTo(expected);
    }

    private void copy(Change... rows) {
        writer().copy(batch(++nextOffset, rows), RefusedChanges.NOT_ALLOWED);
    }

    private static ChangeBatch batch(long offset, Change... rows) {
        return ChangeBatch.of(List.of(rows), new Offsets(Map.of(TOPIC, offset)));
    }
}
