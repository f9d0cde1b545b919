package dev.tarn.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A table in pieces, each a condition on the place of a row. In a snapshot a row has one place, so each row is in one piece,
 * also where the table has partitions or heirs, each of which counts its pages from 0.
 */
final class PageRanges {
    /** 16 MB of a table: a COPY of it takes a fraction of a second. */
    static final long PAGES = 2_048;

    private final Queue<String> conditions;

    private PageRanges(List<String> conditions) {
        this.conditions = new ConcurrentLinkedQueue<>(conditions);
    }

    /** All of the table at once. */
    static PageRanges whole() {
        return new PageRanges(List.of(""));
    }

    /**
     * Ranges of pages. The last one has no end: pages that the table has got since are no harm.
     *
     * @param pages of the table, or of the largest of its parts
     */
    static PageRanges of(long pages) {
        if (pages <= PAGES) {
            return whole();
        }
        List<String> conditions = new ArrayList<>();
        for (long from = 0; from < pages; from += PAGES) {
            long to = from + PAGES;
            conditions.add(" WHERE ctid >= '(" + from + ",0)'::pg_catalog.tid"
                    + (to < pages ? " AND ctid < '(" + to + ",0)'::pg_catalog.tid" : ""));
        }
        return new PageRanges(conditions);
    }

    int size() {
        return conditions.size();
    }

    /** The next piece that nobody has taken, as the end of a query; null if there is none. */
    @Nullable
    String take() {
        return conditions.poll();
    }
}
