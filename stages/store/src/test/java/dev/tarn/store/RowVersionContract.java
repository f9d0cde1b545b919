package dev.tarn.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.ColumnType.Scalar;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which version of a row counts, and that a row is in one place. */
public abstract class RowVersionContract extends CopyContract {
    // ---- which change wins

    @Test
    void lateOlderChangeLoses() {
        openOrders();
        commit(create(1, "new", "DE", 20));

        commit(update(1, "old", "DE", 10));

        assertThat(names()).isEqualTo(Map.of(1L, "new"));
    }

    @Test
    void lateOlderChangeWithItsOlderPartitionDoesNotDoubleTheRow() {
        openOrders();
        commit(create(1, "first", "DE", 10));
        commit(update(1, "moved", "FR", 20));

        commit(update(1, "late", "DE", 15));

        assertThat(names()).isEqualTo(Map.of(1L, "moved"));
        assertThat(countries()).isEqualTo(Map.of(1L, "FR"));
    }

    @Test
    void lateOlderChangeLosesAlsoAfterReopening() {
        openOrders();
        commit(create(1, "new", "DE", 20));
        reopen();

        commit(update(1, "old", "FR", 10));

        assertThat(names()).isEqualTo(Map.of(1L, "new"));
    }

    @Test
    void ofTwoVersionsInOneBatchTheHigherPositionWins() {
        openOrders();

        commit(
                create(1, "second", "DE", 12),
                update(1, "first", "FR", 11),
                create(2, "a", "DE", 5),
                update(2, "b", "DE", 6));

        assertThat(names()).isEqualTo(Map.of(1L, "second", 2L, "b"));
    }

    @Test
    void ofEqualPositionsTheLaterArrivalWins() {
        openOrders();
        commit(create(1, "a", "DE", 7), update(1, "b", "DE", 7));
        assertThat(names()).isEqualTo(Map.of(1L, "b"));

        commit(update(1, "c", "DE", 7));

        assertThat(names()).isEqualTo(Map.of(1L, "c"));
    }

    // ---- copies of a table, and changes of transactions that were open meanwhile

    @Test
    void changeFromATransactionThatWasOpenDuringACopyBeatsTheCopiedRow() {
        openOrders();
        commit(copied(1, "copied", "DE", 20), copied(2, "copied", "DE", 20), copied(3, "copied", "DE", 20));

        commit(update(1, "changed", "FR", 15), delete(2, 16));
        reopen();
        commit(update(3, "changed after reopening", "DE", 17));

        assertThat(names()).isEqualTo(Map.of(1L, "changed", 3L, "changed after reopening"));
        assertThat(countries()).isEqualTo(Map.of(1L, "FR", 3L, "DE"));
        compact(writer());
        assertThat(names()).isEqualTo(Map.of(1L, "changed", 3L, "changed after reopening"));
    }

    @Test
    void soItDoesInOneBatchWithTheCopiedRow() {
        openOrders();

        commit(
                copied(1, "copied", "DE", 20),
                update(1, "second", "DE", 16),
                update(1, "first", "DE", 15),
                copied(2, "copied", "DE", 20),
                delete(2, 16));

        assertThat(names()).isEqualTo(Map.of(1L, "second"));
    }

    @Test
    void copyReplacesWhatItCouldSeeAndNothingNewer() {
        openOrders();
        commit(create(1, "seen", "DE", 10), create(2, "newer", "DE", 30), copied(3, "first copy", "DE", 10));

        commit(copied(1, "copied", "DE", 20), copied(2, "copied", "DE", 20), copied(3, "second copy", "DE", 20));

        assertThat(names()).isEqualTo(Map.of(1L, "copied", 2L, "newer", 3L, "second copy"));
    }

    // ---- rows that the source no longer has, without a delete of each

    @Test
    void truncateTakesAwayWhatWasThereBefore() {
        openOrders();
        commit(create(1, "a", "DE", 10), create(2, "b", "FR", 11), copied(3, "c", "DE", 12));

        writer().delete(new RowsGone(RowsGone.How.TRUNCATED, 20, 20_000), new Offsets(Map.of(TOPIC, ++nextOffset)));
        assertThat(names()).isEmpty();
        commit(create(2, "again", "FR", 21), update(1, "late", "DE", 15));

        assertThat(names()).isEqualTo(Map.of(2L, "again"));
        reopen();
        assertThat(writer().lastCommit().orElseThrow().offsets().next(TOPIC)).isEqualTo(nextOffset);
        compact(writer());
        assertThat(names()).isEqualTo(Map.of(2L, "again"));
    }

    @Test
    void copyTakesAwayWhatItDidNotBringAndNothingNewer() {
        openOrders();
        commit(copied(1, "first copy", "DE", 10), copied(2, "first copy", "DE", 10), create(3, "gone", "FR", 11));
        reopen();
        commit(copied(1, "second copy", "DE", 20));

        writer().delete(new RowsGone(RowsGone.How.NOT_IN_COPY, 20, 20_000), new Offsets(Map.of(TOPIC, ++nextOffset)));

        assertThat(names()).isEqualTo(Map.of(1L, "second copy"));
        // Written before the copy looked, by a transaction that it could not see.
        commit(create(3, "committed after the copy", "DE", 19));
        assertThat(names()).isEqualTo(Map.of(1L, "second copy", 3L, "committed after the copy"));
        reopen();
        commit(create(2, "so too", "DE", 18));
        assertThat(names()).isEqualTo(Map.of(1L, "second copy", 2L, "so too", 3L, "committed after the copy"));
    }

    @Test
    void rowsTakenAwayTogetherAreMarkedWhereDeletesAreSoft() {
        table = describe("orders", "id").partitionedBy("country").with(DeleteMode.SOFT);
        reopen();
        commit(create(1, "a", "DE", 10), create(2, "b", "FR", 11));
        commit(delete(2, 12));

        writer().delete(new RowsGone(RowsGone.How.TRUNCATED, 20, 20_000), new Offsets(Map.of(TOPIC, ++nextOffset)));

        assertThat(rows()).hasSize(2);
        assertThat(rows().stream()
                        .filter(row -> Long.valueOf(1).equals(row.get("id")))
                        .toList())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("name", null)
                        .containsEntry("country", "DE")
                        .containsEntry("__deleted", "true")
                        .containsEntry("__op", "d")
                        .containsEntry("__lsn", 20L)
                        .containsEntry("__source_ts_ms", 20_000L));
        assertThat(rows().stream()
                        .filter(row -> Long.valueOf(2).equals(row.get("id")))
                        .toList())
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("__lsn", 12L));
    }

    @Test
    void truncateOfATableThatWasNeverFilledIsNothing() {
        openOrders();

        writer().delete(new RowsGone(RowsGone.How.TRUNCATED, 20, 20_000), new Offsets(Map.of(TOPIC, ++nextOffset)));

        assertThat(writer().lastCommit()).isEmpty();
    }

    // ---- one row, one place

    @Test
    void changedPartitionValueLeavesExactlyOneRow() {
        openOrders();
        commit(create(1, "a", "DE", 1), create(2, "b", "DE", 2));

        commit(update(1, "a", "FR", 3));
        assertThat(countries()).isEqualTo(Map.of(1L, "FR", 2L, "DE"));

        commit(update(1, "back", "DE", 4));
        assertThat(countries()).isEqualTo(Map.of(1L, "DE", 2L, "DE"));
        assertThat(names()).containsEntry(1L, "back");
        compact(writer());
        assertThat(names()).isEqualTo(Map.of(1L, "back", 2L, "b"));
    }

    @Test
    void rowThatMovesTwiceInOneBatchExistsOnce() {
        openOrders();
        commit(create(1, "a", "DE", 1));

        commit(update(1, "b", "FR", 2), update(1, "c", "IT", 3));

        assertThat(countries()).isEqualTo(Map.of(1L, "IT"));
    }

    @Test
    void changedPrimaryKeyArrivesAsDeleteAndCreateAndLeavesOneRow() {
        openOrders();
        commit(create(1, "a", "DE", 1));

        commit(delete(1, 2), create(9, "a", "DE", 2));

        assertThat(names()).isEqualTo(Map.of(9L, "a"));
    }

    @Test
    void compositeKeysTellRowsApart() {
        Columns columns =
                Columns.of(new Column("a", Scalar.STRING), new Column("b", Scalar.INT), new Column("v", Scalar.STRING));
        table = describe("pairs", "a", "b");
        reopen();

        commit(
                change(Operation.CREATE, 1, columns, "x", 1, "one"),
                change(Operation.CREATE, 2, columns, "x", 2, "two"),
                change(Operation.UPDATE, 3, columns, "x", 1, "uno"));

        assertThat(rows().stream().map(row -> row.get("v"))).containsExactlyInAnyOrder("uno", "two");
    }

    /** Texts that Hudi's own key generators give one key. */
    @Test
    @Tag("case:key-collision")
    void keysOfSeveralTextsTellRowsApartWhateverTheirText() {
        Columns columns = Columns.of(
                new Column("a", Scalar.STRING), new Column("b", Scalar.STRING), new Column("v", Scalar.STRING));
        table = describe("texts", "a", "b");
        reopen();

        commit(
                change(Operation.CREATE, 1, columns, "a", "b,c", "1"),
                change(Operation.CREATE, 2, columns, "a,b", "c", "2"),
                change(Operation.CREATE, 3, columns, "a,b:x", "y", "3"),
                change(Operation.CREATE, 4, columns, "a", "x,b:y", "4"),
                change(Operation.CREATE, 5, columns, "", "__empty__", "5"),
                change(Operation.CREATE, 6, columns, "__empty__", "", "6"));
        reopen();
        commit(
                change(Operation.UPDATE, 7, columns, "a,b:x", "y", "drei"),
                change(Operation.DELETE, 8, columns, "a", "x,b:y", null),
                change(Operation.UPDATE, 9, columns, "", "__empty__", "fünf"));

        assertThat(rows().stream().map(row -> row.get("v"))).containsExactlyInAnyOrder("1", "2", "drei", "fünf", "6");
    }

    @Test
    @Tag("case:empty-text-key")
    void emptyTextIsAKeyLikeAnyOther() {
        Columns columns = Columns.of(new Column("k", Scalar.STRING), new Column("v", Scalar.STRING));
        table = describe("names", "k");
        reopen();
        commit(
                change(Operation.CREATE, 1, columns, "", "1"),
                change(Operation.CREATE, 2, columns, " ", "2"),
                change(Operation.CREATE, 3, columns, "__empty__", "3"),
                change(Operation.CREATE, 4, columns, "__null__", "4"));
        reopen();

        commit(change(Operation.UPDATE, 5, columns, "", "101"));

        assertThat(rows().stream().map(row -> row.get("v"))).containsExactlyInAnyOrder("101", "2", "3", "4");
    }
}
