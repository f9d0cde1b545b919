package dev.tarn.load;

import dev.tarn.load.postgres.CopyRows;
import dev.tarn.load.postgres.Session;
import dev.tarn.store.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads pieces of a table over one session until none are left. */
final class RangeReader {
    private static final int SLICES_A_SECOND = 4;
    // Rows may be of any size, and memory is not.
    private static final long BATCH_BYTES = 4 << 20;

    private final String query;
    private final PageRanges ranges;
    private final RowDecoder decoder;
    private final RateLimit limit;
    private final BatchQueue batches;
    private final CopyProgress progress;
    private final int batchRows;

    RangeReader(
            String query,
            PageRanges ranges,
            RowDecoder decoder,
            CopySettings settings,
            RateLimit limit,
            BatchQueue batches,
            CopyProgress progress) {
        this.query = query;
        this.ranges = ranges;
        this.decoder = decoder;
        this.limit = limit;
        this.batches = batches;
        this.progress = progress;
        // Under a limit, rows should come evenly and not in heaps.
        this.batchRows = settings.rowsPerSecond() == 0
                ? settings.batchRows()
                : (int) Math.min(settings.batchRows(), Math.max(1, settings.rowsPerSecond() / SLICES_A_SECOND));
    }

    /** Reads; ends early when nobody wants rows any more. */
    void read(Session session) throws SQLException, InterruptedException {
        for (String range = ranges.take(); range != null; range = ranges.take()) {
            if (batches.isOver()) {
                return;
            }
            try (CopyRows rows = session.copy(query + range)) {
                if (!read(rows)) {
                    return;
                }
            }
        }
    }

    private boolean read(CopyRows rows) throws SQLException, InterruptedException {
        List<Row> batch = new ArrayList<>(batchRows);
        long bytes = 0;
        for (byte @Nullable [] message = rows.next(); message != null; message = rows.next()) {
            bytes += message.length;
            Row row = decoder.decode(message);
            if (row != null) {
                batch.add(row);
            }
            if (batch.size() == batchRows || bytes >= BATCH_BYTES && !batch.isEmpty()) {
                if (!give(batch, bytes)) {
                    return false;
                }
                batch = new ArrayList<>(batchRows);
                bytes = 0;
            }
        }
        return batch.isEmpty() || give(batch, bytes);
    }

    private boolean give(List<Row> batch, long bytes) throws InterruptedException {
        batches.pause(limit.reserve(batch.size()));
        progress.add(batch.size(), bytes);
        return batches.put(batch);
    }
}
