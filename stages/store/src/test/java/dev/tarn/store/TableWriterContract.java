package dev.tarn.store;

import static dev.tarn.store.Row.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.model.TarnException;
import dev.tarn.store.ColumnType.Decimal;
import dev.tarn.store.ColumnType.ListOf;
import dev.tarn.store.ColumnType.Scalar;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table writer promises, whatever engine is behind it. Reading back goes past the writer. */
public abstract class TableWriterContract {
    private static final TopicPartition TOPIC = new TopicPartition("lake.shop.orders", 0);
    private static final Columns COLUMNS = Columns.of(
            new Column("id", Scalar.LONG),
            new Column("name", Scalar.STRING),
            new Column("note", Scalar.STRING),
            new Column("country", Scalar.STRING));

    @TempDir
    protected Path folder;

    private @Nullable TableWriter writer;
    private @Nullable TableDescription table;
    private long nextOffset;

    /** The kind of table under test, with hard deletes, in {@link #folder}. */
    protected abstract TableDescription describe(String table, String... keys);

    protected abstract TableWriter open(TableDescription description);

    /** All rows as a reader sees them, as of an instant or, for null, now. Without the engine's own columns. */
    protected abstract List<Map<String, @Nullable Object>> read(TableDescription description, @Nullable String asOf);

    /** Folds logs into base files where the kind of table has logs. */
    protected abstract void compact(TableWriter writer);

    @AfterEach
    void close() {
        if (writer != null) {
            writer.close();
        }
    }

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

    // ---- values that the source did not send

    @Test
    void unchangedValueKeepsTheStoredOne() {
        openOrders();
        commit(create(1, "a", "DE", 1), create(2, "b", "DE", 2));

        commit(change(Operation.UPDATE, 3, COLUMNS, 1L, "changed", UNCHANGED, "DE"));

        assertThat(names()).containsEntry(1L, "changed");
        assertThat(notes()).isEqualTo(Map.of(1L, "note a", 2L, "note b"));
    }

    @Test
    void unchangedValueKeepsTheStoredOneOfARowThisWriterHasNeverSeen() {
        openOrders();
        commit(create(1, "a", "DE", 1));
        commit(update(1, "b", "DE", 2));
        reopen();

        commit(change(Operation.UPDATE, 3, COLUMNS, 1L, "c", UNCHANGED, "DE"));

        assertThat(notes()).isEqualTo(Map.of(1L, "note b"));
    }

    @Test
    void unchangedValueSurvivesSeveralUpdatesInOneBatch() {
        openOrders();
        commit(create(1, "a", "DE", 1));

        commit(
                change(Operation.UPDATE, 2, COLUMNS, 1L, "b", UNCHANGED, "DE"),
                change(Operation.UPDATE, 3, COLUMNS, 1L, "c", UNCHANGED, "DE"),
                create(2, "x", "DE", 4),
                change(Operation.UPDATE, 5, COLUMNS, 2L, "y", UNCHANGED, "DE"));

        assertThat(names()).isEqualTo(Map.of(1L, "c", 2L, "y"));
        assertThat(notes()).isEqualTo(Map.of(1L, "note a", 2L, "note x"));
    }

    @Test
    void unchangedValueMovesWithItsRowToAnotherPartition() {
        openOrders();
        commit(create(1, "a", "DE", 1));
        reopen();

        commit(change(Operation.UPDATE, 2, COLUMNS, 1L, "b", UNCHANGED, "FR"));

        assertThat(notes()).isEqualTo(Map.of(1L, "note a"));
        assertThat(countries()).isEqualTo(Map.of(1L, "FR"));
    }

    @Test
    void unchangedValueFollowsItsRowToAnotherKey() {
        openOrders();
        commit(create(1, "a", "DE", 1), create(2, "b", "DE", 1));
        reopen();

        commit(
                delete(1, 5),
                change(Operation.CREATE, 5, COLUMNS, 11L, "a", UNCHANGED, "FR"),
                change(Operation.UPDATE, 6, COLUMNS, 2L, "c", "set in the batch", "DE"),
                delete(2, 7),
                change(Operation.CREATE, 7, COLUMNS, 12L, "c", UNCHANGED, "DE"));

        assertThat(notes()).isEqualTo(Map.of(11L, "note a", 12L, "set in the batch"));
        assertThat(countries()).isEqualTo(Map.of(11L, "FR", 12L, "DE"));
    }

    @Test
    void unchangedValueFollowsItsRowThroughSeveralKeysInOneBatch() {
        openOrders();
        commit(create(1, "a", "DE", 1));

        commit(
                change(Operation.UPDATE, 4, COLUMNS, 1L, "b", UNCHANGED, "DE"),
                delete(1, 5),
                change(Operation.CREATE, 5, COLUMNS, 2L, "b", UNCHANGED, "DE"),
                delete(2, 6),
                change(Operation.CREATE, 6, COLUMNS, 3L, "b", UNCHANGED, "DE"),
                change(Operation.UPDATE, 7, COLUMNS, 3L, "c", UNCHANGED, "DE"));

        assertThat(names()).isEqualTo(Map.of(3L, "c"));
        assertThat(notes()).isEqualTo(Map.of(3L, "note a"));
    }

    @Test
    void unchangedPartitionValueLeavesTheRowWhereItIs() {
        openOrders();
        commit(create(1, "a", "DE", 1));

        commit(change(Operation.UPDATE, 2, COLUMNS, 1L, "b", "n", UNCHANGED));

        assertThat(countries()).isEqualTo(Map.of(1L, "DE"));
    }

    @Test
    void valueSetByAnEarlierPositionThatArrivesLaterInTheBatchIsKept() {
        openOrders();
        commit(create(1, "a", "DE", 1));

        commit(
                change(Operation.UPDATE, 20, COLUMNS, 1L, "c", UNCHANGED, "DE"),
                change(Operation.UPDATE, 10, COLUMNS, 1L, "b", "set at 10", "DE"));

        assertThat(names()).isEqualTo(Map.of(1L, "c"));
        assertThat(notes()).isEqualTo(Map.of(1L, "set at 10"));
    }

    @Test
    void unchangedValueOfARowCreatedAnewInTheBatchIsNotThatOfItsPredecessor() {
        openOrders();
        commit(create(1, "a", "DE", 1));

        commit(
                delete(1, 2),
                change(Operation.CREATE, 3, COLUMNS, 1L, "b", null, "DE"),
                change(Operation.UPDATE, 4, COLUMNS, 1L, "c", UNCHANGED, "DE"));

        assertThat(notes().get(1L)).isNull();
    }

    @Test
    void unchangedValuesOfEveryTypeAreKept() {
        table = describe("types", "id");
        reopen();
        commit(change(Operation.CREATE, 1, ALL_TYPES, allTypes(1L)));
        @Nullable Object[] unchanged = allTypes(1L);
        Arrays.fill(unchanged, 1, unchanged.length, UNCHANGED);
        Map<String, @Nullable Object> before = rows().get(0);

        commit(change(Operation.UPDATE, 2, ALL_TYPES, unchanged));

        Map<String, @Nullable Object> after = rows().get(0);
        assertThat(after).containsEntry("__lsn", 2L);
        before.put("__lsn", 2L);
        before.put("__op", "u");
        before.put("__source_ts_ms", 2000L);
        assertThat(after).usingRecursiveComparison().isEqualTo(before);
    }

    // ---- deletes

    @Test
    void hardDeleteTakesTheRowAwayAndTimeTravelStillShowsIt() {
        openOrders();
        TableCommit before = commit(create(1, "a", "DE", 1), create(2, "b", "DE", 2));

        TableCommit after = commit(delete(1, 3));

        assertThat(names()).isEqualTo(Map.of(2L, "b"));
        assertThat(names(before.instant())).isEqualTo(Map.of(1L, "a", 2L, "b"));
        assertThat(after.deleted()).isEqualTo(1);
        compact(writer());
        assertThat(names()).isEqualTo(Map.of(2L, "b"));
        assertThat(names(before.instant())).isEqualTo(Map.of(1L, "a", 2L, "b"));
    }

    @Test
    void softDeleteKeepsKeyPartitionAndMetadataAndNullsTheRest() {
        table = describe("orders", "id").partitionedBy("country").with(DeleteMode.SOFT);
        reopen();
        commit(create(1, "a", "DE", 1), create(2, "b", "DE", 2));

        commit(delete(1, 3));

        Map<String, @Nullable Object> row = row(1);
        assertThat(row).containsEntry("id", 1L).containsEntry("country", "DE").containsEntry("__deleted", "true");
        assertThat(row).containsEntry("__op", "d").containsEntry("__lsn", 3L).containsEntry("__source_ts_ms", 3000L);
        assertThat(row).containsEntry("name", null).containsEntry("note", null);
        assertThat(row(2)).containsEntry("__deleted", "false").containsEntry("name", "b");
    }

    @Test
    void softDeletedRowComesBackWhenCreatedAgainElsewhere() {
        table = describe("orders", "id").partitionedBy("country").with(DeleteMode.SOFT);
        reopen();
        commit(create(1, "a", "DE", 1));
        commit(delete(1, 2));

        commit(create(1, "again", "FR", 3));

        assertThat(rows()).hasSize(1);
        assertThat(row(1)).containsEntry("__deleted", "false").containsEntry("country", "FR");
    }

    @Test
    void deleteAndCreateInOneBatchLeaveTheNewRow() {
        openOrders();
        commit(create(1, "a", "DE", 1));

        commit(delete(1, 2), create(1, "b", "FR", 3));

        assertThat(names()).isEqualTo(Map.of(1L, "b"));
        assertThat(countries()).isEqualTo(Map.of(1L, "FR"));
    }

    @Test
    void createAndDeleteInOneBatchLeaveNothing() {
        openOrders();
        commit(create(2, "b", "DE", 1));

        commit(create(1, "a", "DE", 2), delete(1, 3));

        assertThat(names()).isEqualTo(Map.of(2L, "b"));
    }

    @Test
    void rowDeletedBeforeIsCreatedAgainInTheSameOrAnotherPartition() {
        openOrders();
        commit(create(1, "a", "DE", 1), create(2, "b", "DE", 2));
        commit(delete(1, 3), delete(2, 4));

        commit(create(1, "again", "DE", 5), create(2, "elsewhere", "FR", 6));

        assertThat(names()).isEqualTo(Map.of(1L, "again", 2L, "elsewhere"));
        assertThat(countries()).isEqualTo(Map.of(1L, "DE", 2L, "FR"));
        compact(writer());
        assertThat(names()).isEqualTo(Map.of(1L, "again", 2L, "elsewhere"));
    }

    @Test
    void lateUpdateDoesNotBringADeletedRowBack() {
        openOrders();
        commit(create(1, "a", "DE", 1), create(2, "b", "DE", 1));
        commit(delete(1, 10));

        commit(update(1, "ghost", "DE", 5), update(2, "live", "DE", 11));

        assertThat(names()).isEqualTo(Map.of(2L, "live"));
    }

    @Test
    void lateDeleteDoesNotTakeANewerRowAway() {
        openOrders();
        commit(create(1, "a", "DE", 10));

        commit(delete(1, 5));

        assertThat(names()).isEqualTo(Map.of(1L, "a"));
    }

    @Test
    void deleteOfARowNeverSeenChangesNothing() {
        openOrders();
        commit(create(1, "a", "DE", 1));

        commit(delete(7, 2));

        assertThat(names()).isEqualTo(Map.of(1L, "a"));
    }

    // ---- exactly once

    @Test
    void commitCarriesOffsetsAndPositionAndAReopenedWriterKnowsThem() {
        openOrders();
        assertThat(writer().lastCommit()).isEmpty();
        TopicPartition other = new TopicPartition("lake.shop.orders", 1);
        writer().commit(new ChangeBatch(
                List.of(create(1, "a", "DE", 41)), new Offsets(Map.of(TOPIC, 17L, other, 3L)), 42));
        writer().commit(new ChangeBatch(List.of(create(2, "b", "DE", 43)), new Offsets(Map.of(TOPIC, 18L)), 43));

        reopen();

        TableCommit last = writer().lastCommit().orElseThrow();
        assertThat(last.offsets().next()).isEqualTo(Map.of(TOPIC, 18L, other, 3L));
        assertThat(last.lsn()).isEqualTo(43);
        compact(writer());
        reopen();
        assertThat(writer().lastCommit()).contains(last);
    }

    @Test
    void replayOfCommittedOffsetsChangesNothing() {
        openOrders();
        Change first = new Change(Operation.CREATE, row(COLUMNS, 1L, "a", "n", "DE"), 5, 5, TOPIC, 0);
        Change second = new Change(Operation.UPDATE, row(COLUMNS, 1L, "b", "n", "DE"), 5, 5, TOPIC, 1);
        ChangeBatch batch = ChangeBatch.of(List.of(first, second), new Offsets(Map.of(TOPIC, 2L)));
        TableCommit done = writer().commit(batch);

        assertThat(writer().commit(batch)).isEqualTo(done);
        reopen();
        assertThat(writer().commit(batch)).isEqualTo(done);
        Change third = new Change(Operation.UPDATE, row(COLUMNS, 2L, "c", "n", "DE"), 5, 5, TOPIC, 2);
        TableCommit overlap =
                writer().commit(ChangeBatch.of(List.of(first, second, third), new Offsets(Map.of(TOPIC, 3L))));

        assertThat(overlap.passedOver()).isEqualTo(2);
        assertThat(names()).isEqualTo(Map.of(1L, "b", 2L, "c"));
    }

    @Test
    void batchThatChangesNoRowStillAdvancesTheOffsets() {
        openOrders();
        commit(create(1, "a", "DE", 10));

        writer().commit(ChangeBatch.of(List.of(update(1, "late", "DE", 3)), new Offsets(Map.of(TOPIC, 99L))));
        reopen();

        assertThat(writer().lastCommit().orElseThrow().offsets().next(TOPIC)).isEqualTo(99);
        assertThat(names()).isEqualTo(Map.of(1L, "a"));
    }

    @Test
    void secondWriterOfATableIsRefused() {
        TableDescription orders = openOrders();

        assertThatThrownBy(() -> open(orders))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("Cannot write table 'shop.orders': another writer has it")
                .hasMessageEndingWith("[STORE_LOCKED]");
    }

    @Test
    void refusedBatchLeavesTheTableAsItWasAndTheWriterUsable() {
        openOrders();
        commit(create(1, "a", "DE", 1));
        Columns changed = Columns.of(
                new Column("id", Scalar.LONG),
                new Column("name", Scalar.BOOLEAN),
                new Column("country", Scalar.STRING));

        assertThatThrownBy(() -> commit(create(2, "b", "DE", 2), change(Operation.CREATE, 3, changed, 3L, true, "DE")))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("Cannot store 'shop.orders': column 'name' is string in the table"
                        + " and now comes as boolean")
                .hasMessageEndingWith("[STORE_TYPE]");

        commit(create(4, "d", "DE", 4));
        assertThat(names()).isEqualTo(Map.of(1L, "a", 4L, "d"));
    }

    // ---- columns that change

    @Test
    void columnAddedWhileRunningIsNullInOldRows() {
        openOrders();
        commit(create(1, "a", "DE", 1), create(2, "b", "DE", 2));
        Columns wider = with(COLUMNS, new Column("phone", Scalar.STRING));

        commit(change(Operation.UPDATE, 3, wider, 2L, "b", "n", "DE", "555"), create(3, "c", "DE", 4));

        assertThat(row(1)).containsEntry("phone", null).containsEntry("name", "a");
        assertThat(row(2)).containsEntry("phone", "555");
        assertThat(row(3)).containsEntry("phone", null);
        reopen();
        commit(change(Operation.UPDATE, 5, wider, 1L, "a", UNCHANGED, "DE", "556"));
        assertThat(row(1)).containsEntry("phone", "556").containsEntry("note", "note a");
        compact(writer());
        assertThat(rows()).hasSize(3);
        assertThat(row(2)).containsEntry("phone", "555");
    }

    @Test
    void columnDroppedAtTheSourceStaysAndIsNullFromThenOn() {
        openOrders();
        commit(create(1, "a", "DE", 1), create(2, "b", "DE", 2));
        Columns narrower = Columns.of(
                new Column("id", Scalar.LONG), new Column("name", Scalar.STRING), new Column("country", Scalar.STRING));

        commit(change(Operation.UPDATE, 3, narrower, 2L, "b2", "DE"));

        assertThat(row(1)).containsEntry("note", "note a");
        assertThat(row(2)).containsEntry("note", null).containsEntry("name", "b2");
    }

    @Test
    void intGrowsToLongAndFloatToDouble() {
        table = describe("numbers", "id");
        reopen();
        Columns narrow =
                Columns.of(new Column("id", Scalar.INT), new Column("n", Scalar.INT), new Column("f", Scalar.FLOAT));
        Columns wide =
                Columns.of(new Column("id", Scalar.INT), new Column("n", Scalar.LONG), new Column("f", Scalar.DOUBLE));
        commit(change(Operation.CREATE, 1, narrow, 1, 7, 1.5f), change(Operation.CREATE, 1, narrow, 3, 8, 2.5f));

        commit(
                change(Operation.CREATE, 2, wide, 2, 1L << 40, 1e200),
                change(Operation.UPDATE, 3, wide, 3, 9L, UNCHANGED));
        commit(change(Operation.CREATE, 4, narrow, 4, 5, 0.5f));

        assertThat(row(1)).containsEntry("n", 7L).containsEntry("f", 1.5d);
        assertThat(row(2)).containsEntry("n", 1L << 40).containsEntry("f", 1e200);
        assertThat(row(3)).containsEntry("n", 9L).containsEntry("f", 2.5d);
        assertThat(row(4)).containsEntry("n", 5L).containsEntry("f", 0.5d);
        compact(writer());
        assertThat(row(1)).containsEntry("n", 7L).containsEntry("f", 1.5d);
        reopen();
        commit(change(Operation.UPDATE, 5, wide, 1, UNCHANGED, 3d));
        assertThat(row(1)).containsEntry("n", 7L).containsEntry("f", 3d);
    }

    // ---- values

    @Test
    void valuesOfEveryTypeSurviveExactly() {
        table = describe("types", "id");
        reopen();
        @Nullable Object[] nulls = new Object[ALL_TYPES.size()];
        nulls[0] = 2L;

        commit(change(Operation.CREATE, 1, ALL_TYPES, allTypes(1L)), change(Operation.CREATE, 2, ALL_TYPES, nulls));
        commit(change(Operation.CREATE, 3, ALL_TYPES, allTypes(3L)));

        for (long id : new long[] {1, 3}) {
            Map<String, @Nullable Object> row = row(id);
            @Nullable Object[] expected = allTypes(id);
            for (int i = 0; i < expected.length; i++) {
                assertThat(row.get(ALL_TYPES.at(i).name()))
                        .as(ALL_TYPES.at(i).name())
                        .isEqualTo(expected[i]);
            }
        }
        for (int i = 1; i < ALL_TYPES.size(); i++) {
            assertThat(row(2).get(ALL_TYPES.at(i).name())).isNull();
        }
    }

    @Test
    void oddPartitionValuesStayWhatTheyAre() {
        openOrders();
        String[] odd = {
            null,
            "",
            "a/b",
            "a b",
            "a=b",
            "50%",
            "é ü 漢字 😀",
            "..",
            "'q\"",
            "c:d",
            "x\ty",
            "__HIVE_DEFAULT_PARTITION__",
            "%2F"
        };
        Change[] changes = new Change[odd.length];
        for (int i = 0; i < odd.length; i++) {
            changes[i] = change(Operation.CREATE, i, COLUMNS, (long) i, "v" + i, "n", odd[i]);
        }
        commit(changes);
        reopen();
        for (int i = 0; i < odd.length; i++) {
            changes[i] = change(Operation.UPDATE, 100 + i, COLUMNS, (long) i, "w" + i, UNCHANGED, odd[i]);
        }
        commit(changes);

        assertThat(rows()).hasSize(odd.length);
        for (int i = 0; i < odd.length; i++) {
            assertThat(row(i))
                    .containsEntry("country", odd[i])
                    .containsEntry("name", "w" + i)
                    .containsEntry("note", "n");
        }
    }

    @Test
    void nullKeyIsRefusedByColumn() {
        openOrders();

        assertThatThrownBy(() -> commit(change(Operation.CREATE, 1, COLUMNS, null, "a", "n", "DE")))
                .isInstanceOf(TarnException.class)
                .hasMessage("Cannot store a row in 'shop.orders': key column 'id' is null. Choose columns that always"
                        + " have a value under key:. [STORE_KEY_NULL]");
    }

    @Test
    void missingKeyColumnIsRefused() {
        table = describe("orders", "nr");
        reopen();

        assertThatThrownBy(() -> commit(create(1, "a", "DE", 1)))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("the key column 'nr' is not among [id, name, note, country")
                .hasMessageEndingWith("[STORE_COLUMN]");
    }

    // ---- many commits

    @Test
    void manyMixedBatchesEndLikeAPlainMap() {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        System.out.println("manyMixedBatchesEndLikeAPlainMap: -Dtarn.seed=" + seed);
        java.util.Random random = new java.util.Random(seed);
        openOrders();
        Map<Long, String> expected = new TreeMap<>();
        Map<Long, String> expectedNotes = new TreeMap<>();
        long lsn = 1;
        for (int batch = 0; batch < 25; batch++) {
            Change[] changes = new Change[random.nextInt(60) + 1];
            for (int i = 0; i < changes.length; i++) {
                long id = random.nextInt(80);
                String name = "v" + lsn;
                String country = "C" + random.nextInt(4);
                boolean exists = expected.containsKey(id);
                if (exists && random.nextInt(4) == 0) {
                    changes[i] = delete(id, lsn);
                    expected.remove(id);
                    expectedNotes.remove(id);
                } else if (exists && random.nextBoolean()) {
                    changes[i] = change(Operation.UPDATE, lsn, COLUMNS, id, name, UNCHANGED, country);
                    expected.put(id, name + country);
                } else {
                    changes[i] = change(Operation.CREATE, lsn, COLUMNS, id, name, "note " + lsn, country);
                    expected.put(id, name + country);
                    expectedNotes.put(id, "note " + lsn);
                }
                lsn++;
            }
            commit(changes);
            if (random.nextInt(6) == 0) {
                compact(writer());
            }
            if (random.nextInt(6) == 0) {
                reopen();
            }
        }
        Map<Long, String> found = rows().stream()
                .collect(Collectors.toMap(r -> (Long) r.get("id"), r -> "" + r.get("name") + r.get("country")));
        assertThat(found).isEqualTo(expected);
        assertThat(notes()).isEqualTo(expectedNotes);
    }

    // ---- words for the above

    private static final Columns ALL_TYPES = Columns.of(
            new Column("id", Scalar.LONG),
            new Column("flag", Scalar.BOOLEAN),
            new Column("small", Scalar.INT),
            new Column("big", Scalar.LONG),
            new Column("f", Scalar.FLOAT),
            new Column("d", Scalar.DOUBLE),
            new Column("text", Scalar.STRING),
            new Column("bytes", Scalar.BYTES),
            new Column("day", Scalar.DATE),
            new Column("at", Scalar.TIMESTAMP),
            new Column("price", new Decimal(10, 2)),
            new Column("huge", new Decimal(38, 9)),
            new Column("tags", new ListOf(Scalar.STRING)),
            new Column("counts", new ListOf(Scalar.INT)));

    private static @Nullable Object[] allTypes(long id) {
        return new Object[] {
            id,
            true,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            -1e-300,
            "Ünïcødé 漢字 😀 \u0000 \n",
            new byte[] {0, -1, 127, -128},
            LocalDate.of(1582, 10, 4),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            new BigDecimal("-12345678.90"),
            new BigDecimal("12345678901234567890123456789.123456789"),
            Arrays.asList("a", null, ""),
            List.of(1, 2, 3)
        };
    }

    private TableDescription openOrders() {
        table = describe("orders", "id").partitionedBy("country");
        reopen();
        return table;
    }

    private void reopen() {
        close();
        writer = open(java.util.Objects.requireNonNull(table));
    }

    private TableWriter writer() {
        return java.util.Objects.requireNonNull(writer);
    }

    private TableCommit commit(Change... changes) {
        return writer().commit(ChangeBatch.of(List.of(changes), new Offsets(Map.of(TOPIC, ++nextOffset))));
    }

    private static Row row(Columns columns, @Nullable Object... values) {
        return Row.of(columns, values);
    }

    private static Change change(Operation operation, long lsn, Columns columns, @Nullable Object... values) {
        return Change.of(operation, Row.of(columns, values), lsn, lsn * 1000);
    }

    private static Change create(long id, String name, String country, long lsn) {
        return change(Operation.CREATE, lsn, COLUMNS, id, name, "note " + name, country);
    }

    private static Change copied(long id, String name, String country, long lsn) {
        return change(Operation.READ, lsn, COLUMNS, id, name, "note " + name, country);
    }

    private static Change update(long id, String name, String country, long lsn) {
        return change(Operation.UPDATE, lsn, COLUMNS, id, name, "note " + name, country);
    }

    private static Change delete(long id, long lsn) {
        return change(Operation.DELETE, lsn, COLUMNS, id, null, null, null);
    }

    private static Columns with(Columns columns, Column more) {
        List<Column> all = new java.util.ArrayList<>(columns.list());
        all.add(more);
        return new Columns(all);
    }

    private List<Map<String, @Nullable Object>> rows() {
        return read(java.util.Objects.requireNonNull(table), null);
    }

    private Map<String, @Nullable Object> row(long id) {
        List<Map<String, @Nullable Object>> found = rows().stream()
                .filter(row -> ((Number) java.util.Objects.requireNonNull(row.get("id"))).longValue() == id)
                .toList();
        assertThat(found).as("rows of id " + id).hasSize(1);
        return found.get(0);
    }

    private Map<Object, @Nullable Object> names() {
        return byId(rows(), "name");
    }

    private Map<Object, @Nullable Object> names(String asOf) {
        return byId(read(java.util.Objects.requireNonNull(table), asOf), "name");
    }

    private Map<Object, @Nullable Object> notes() {
        return byId(rows(), "note");
    }

    private Map<Object, @Nullable Object> countries() {
        return byId(rows(), "country");
    }

    private static Map<Object, @Nullable Object> byId(List<Map<String, @Nullable Object>> rows, String column) {
        Map<Object, @Nullable Object> result = new TreeMap<>();
        for (Map<String, @Nullable Object> row : rows) {
            Object id = java.util.Objects.requireNonNull(row.get("id"));
            assertThat(result).as("two rows of id " + id).doesNotContainKey(id);
            result.put(id, row.get(column));
        }
        return result;
    }
}
