package dev.tarn.processes.engine.streams;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the rows of the last batches for whoever watches, and writes them to the log. */
final class ConsoleOutput implements StreamOutput {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleOutput.class);

    private static final int BATCHES = 20;
    private static final int ROWS = 1_000;

    private final String stream;
    private final Deque<ShownBatch> shown = new ArrayDeque<>();

    ConsoleOutput(String stream) {
        this.stream = stream;
    }

    @Override
    public void write(Dataset<Row> batch, long id) {
        Dataset<Row> rows = batch.persist();
        try {
            // All of it runs: what does not decode is to be known, although few rows are shown.
            long count = rows.count();
            if (count > 0) {
                add(new ShownBatch(id, rows.schema(), rows.limit(ROWS).collectAsList(), count > ROWS));
            }
        } finally {
            rows.unpersist();
        }
    }

    private synchronized void add(ShownBatch batch) {
        LOG.info("stream {} batch {}", stream, batch.batch());
        batch.rows().forEach(row -> LOG.info("{}", row));
        shown.addLast(batch);
        if (shown.size() > BATCHES) {
            shown.removeFirst();
        }
    }

    /** The batches after one, as far as they are kept. */
    synchronized List<ShownBatch> after(long batch) {
        return new ArrayList<>(
                shown.stream().filter(each -> each.batch() > batch).toList());
    }
}
