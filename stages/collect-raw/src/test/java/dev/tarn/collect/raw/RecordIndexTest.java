package dev.tarn.collect.raw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordIndexTest {
    private final RecordIndex index = new RecordIndex();

    @Test
    void offsetsAreRangesAndTimestampsAreSteps() {
        long[][] records = {{5, 1000}, {6, 1000}, {7, 1000}, {9, 1003}, {20, 1001}, {21, 999}};
        for (long[] record : records) {
            index.add(record[0], record[1]);
        }

        assertThat(index.offsets()).isEqualTo("5-7,9,20-21");
        assertThat(index.timestamps()).isEqualTo("1000,0x2,3,-2x2");
        assertThat(index.count()).isEqualTo(6);
        assertThat(index.first()).isEqualTo(5);
        assertThat(index.last()).isEqualTo(21);
    }

    @Test
    void oneRecord() {
        index.add(3, -1);

        assertThat(index.offsets()).isEqualTo("3");
        assertThat(index.timestamps()).isEqualTo("-1");
    }
}
