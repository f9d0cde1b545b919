package dev.tarn.store;

import static dev.tarn.store.Row.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.model.TarnException;
import dev.tarn.store.ColumnType.Scalar;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the values of a row are, whatever the source sends of them and however its columns change. */
public abstract class RowValueContract extends RowVersionContract {
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
}
