package dev.tarn.store.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.Change;
import dev.tarn.store.ChangeBatch;
import dev.tarn.store.Column;
import dev.tarn.store.ColumnType;
import dev.tarn.store.Columns;
import dev.tarn.store.Operation;
import dev.tarn.store.Row;
import dev.tarn.store.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GatheredChangesTest {
    private static final TopicPartition TOPIC = new TopicPartition("lake.public.artists", 0);
    private static final Columns COLUMNS = new Columns(List.of(new Column("id", ColumnType.Scalar.LONG)));

    private final GatheredChanges gathered = new GatheredChanges();
    private long offset;

    @Test
    void commitEndsWhereTheSourcesSecondDoes() {
        add(Operation.CREATE, 10_000, 10_400, 10_999, 11_000, 11_200);

        assertThat(gathered.hasCut()).isTrue();
        ChangeBatch batch = gathered.batch();
        assertThat(millis(batch)).containsExactly(10_000L, 10_400L, 10_999L);
        assertThat(batch.offsets().next(TOPIC)).isEqualTo(3);

        gathered.committed();
        assertThat(gathered.hasCut()).isFalse();
        assertThat(millis(gathered.batch())).containsExactly(11_000L, 11_200L);
        assertThat(gathered.batch().offsets().next(TOPIC)).isEqualTo(5);
        gathered.committed();
        assertThat(gathered.isEmpty()).isTrue();
    }

    @Test
    void changesOfOneSecondAreCommittedWhereverTheyEnd() {
        add(Operation.UPDATE, 10_000, 10_500);

        assertThat(gathered.hasCut()).isFalse();
        assertThat(millis(gathered.batch())).containsExactly(10_000L, 10_500L);
    }

    @Test
    void aLittleOutOfOrderIsNoNewSecond() {
        add(Operation.UPDATE, 10_999, 11_001, 10_998, 11_002);

        assertThat(millis(gathered.batch())).containsExactly(10_999L);
        gathered.committed();
        assertThat(gathered.hasCut()).isFalse();
        assertThat(millis(gathered.batch())).containsExactly(11_001L, 10_998L, 11_002L);
    }

    @Test
    void rowsOfACopyHaveNoSeconds() {
        add(Operation.READ, 10_000, 11_000, 12_000);
        assertThat(gathered.hasCut()).isFalse();

        add(Operation.UPDATE, 9_000);
        assertThat(millis(gathered.batch())).containsExactly(10_000L, 11_000L, 12_000L);
    }

    @Test
    void tablesThatAreBehindCutAtTheSameSeconds() {
        Set<Long> some = cuts(7);
        Set<Long> others = cuts(23);

        // Of 256 seconds, those that divide by 32 are cuts of both, however many a commit takes.
        for (long second = 32; second <= 224; second += 32) {
            assertThat(some).contains(second);
            assertThat(others).contains(second);
        }
    }

    /** The seconds before which commits begin, if each is made when so many seconds have been gathered. */
    private Set<Long> cuts(int seconds) {
        gathered.clear();
        Set<Long> cuts = new TreeSet<>();
        for (long second = 1; second < 256; second++) {
            add(Operation.UPDATE, second * 1_000);
            if (gathered.size() >= seconds) {
                gathered.committed();
                cuts.add(millis(gathered.batch()).get(0) / 1_000);
            }
        }
        return cuts;
    }

    private void add(Operation operation, long... sourceMillis) {
        for (long millis : sourceMillis) {
            gathered.add(new Change(operation, Row.of(COLUMNS, offset), offset, millis, TOPIC, offset));
            gathered.reach(TOPIC, ++offset);
        }
    }

    private static List<Long> millis(ChangeBatch batch) {
        List<Long> millis = new ArrayList<>();
        batch.changes().forEach(change -> millis.add(change.sourceMillis()));
        return millis;
    }
}
