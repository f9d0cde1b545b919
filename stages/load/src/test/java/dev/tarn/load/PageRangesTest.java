package dev.tarn.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageRangesTest {
    @Test
    void aSmallTableIsReadAtOnce() {
        assertThat(taken(PageRanges.of(0))).containsExactly("");
        assertThat(taken(PageRanges.of(PageRanges.PAGES))).containsExactly("");
    }

    @Test
    void rangesMeetAndTheLastHasNoEnd() {
        assertThat(taken(PageRanges.of(2 * PageRanges.PAGES + 1)))
                .containsExactly(
                        " WHERE ctid >= '(0,0)'::pg_catalog.tid AND ctid < '(2048,0)'::pg_catalog.tid",
                        " WHERE ctid >= '(2048,0)'::pg_catalog.tid AND ctid < '(4096,0)'::pg_catalog.tid",
                        " WHERE ctid >= '(4096,0)'::pg_catalog.tid");
    }

    private static List<String> taken(PageRanges ranges) {
        List<String> taken = new ArrayList<>();
        for (String range = ranges.take(); range != null; range = ranges.take()) {
            taken.add(range);
        }
        return taken;
    }
}
