package dev.tarn.store;

import static dev.tarn.store.Row.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.model.TarnException;
import dev.tarn.store.ColumnType.Scalar;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a table writer promises, whatever engine is behind it: this, and what it extends. */
public abstract class TableWriterContract extends RowValueContract {
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
    void commitSaysWhenTheSourceMadeTheChangesThatCounted() {
        openOrders();
        commit(create(1, "a", "DE", 7), create(2, "b", "DE", 5), create(3, "c", "DE", 9));
        assertThat(writer().lastCommit().orElseThrow().span()).isEqualTo(new SourceSpan(5_000, 9_000));

        commit(update(1, "late", "DE", 3), update(2, "new", "DE", 12));
        assertThat(writer().lastCommit().orElseThrow().span()).isEqualTo(new SourceSpan(12_000, 12_000));

        commit(update(1, "late", "DE", 4));
        reopen();
        assertThat(writer().lastCommit().orElseThrow().span().isNone()).isTrue();
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
}
