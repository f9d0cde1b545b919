package dev.tarn.analyze.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalRowTest {
    private static KeyHash hash(@Nullable String... values) {
        CanonicalRow row = new CanonicalRow();
        for (String value : values) {
            row.add(value);
        }
        return row.hash(row.size());
    }

    @Test
    void whereAValueEndsAndWhetherThereIsOneCounts() {
        assertThat(hash("ab", "c")).isNotEqualTo(hash("a", "bc"));
        assertThat(hash("", null)).isNotEqualTo(hash(null, ""));
        assertThat(hash("ä", null)).isEqualTo(hash("ä", null));
    }

    @Test
    void sumsDoNotDependOnTheOrderAndShowARowThatIsThereTwice() {
        RangeSums one = sums("1", "2", "3");
        assertThat(one.differing(sums("3", "1", "2"))).isEqualTo(new BitSet());
        assertThat(one.differing(sums("1", "2", "3", "3", "3")).cardinality()).isEqualTo(1);
        assertThat(one.differing(sums("1", "2")).cardinality()).isEqualTo(1);
        assertThat(one.rows()).isEqualTo(3);
        RangeSums sent = RangeSums.fromBytes(one.toBytes());
        assertThat(sent.differing(one).isEmpty()).isTrue();
        RangeSums parts = sums("1");
        parts.add(sums("2", "3"));
        assertThat(parts.differing(one).isEmpty()).isTrue();
    }

    private static RangeSums sums(String... rows) {
        RangeSums sums = new RangeSums(6);
        for (String row : rows) {
            sums.add(hash(row), hash(row, "value"));
        }
        return sums;
    }

    @Test
    void rangesAreSmallAndFewEnoughToBeSent() {
        assertThat(RangeSums.bitsFor(0)).isEqualTo(6);
        assertThat(RangeSums.bitsFor(100_000)).isEqualTo(13);
        assertThat(RangeSums.bitsFor(1_000_000_000L)).isEqualTo(16);
    }

    @Test
    void hashesOfRowsComeBackFromTheWire() {
        RowHashes hashes = new RowHashes();
        for (int i = 0; i < 200; i++) {
            hashes.add(hash("k" + i), hash("r" + i));
        }
        RowHashes sent = RowHashes.fromBytes(hashes.toBytes());
        assertThat(sent.size()).isEqualTo(200);
        assertThat(sent.key(199)).isEqualTo(hash("k199"));
        assertThat(sent.row(199)).isEqualTo(hash("r199"));
        assertThat(RowHashes.fromBytes(new byte[0]).size()).isZero();
    }
}
