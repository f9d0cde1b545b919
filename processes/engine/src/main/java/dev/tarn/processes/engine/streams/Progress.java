package dev.tarn.processes.engine.streams;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.jspecify.annotations.Nullable;

/** What Spark has told of a stream's batches. */
final class Progress extends StreamingQueryListener {
    private long events;
    private long late;
    private @Nullable StreamingQueryProgress last;
    private @Nullable Long batchMillis;

    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        // Nothing to count yet.
    }

    @Override
    public synchronized void onQueryProgress(QueryProgressEvent event) {
        last = event.progress();
        events += event.progress().numInputRows();
        if (event.progress().numInputRows() > 0) {
            batchMillis = event.progress().batchDuration();
        }
        for (StateOperatorProgress operator : event.progress().stateOperators()) {
            late += operator.numRowsDroppedByWatermark();
        }
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        // Who waits for the query knows.
    }

    synchronized long events() {
        return events;
    }

    synchronized long late() {
        return late;
    }

    synchronized @Nullable StreamingQueryProgress last() {
        return last;
    }

    /** How long the last batch took that had events: Spark makes some without, to move a watermark on. */
    synchronized @Nullable Long batchMillis() {
        return batchMillis;
    }

    /** How far it has read, by topic and partition. */
    static Map<String, Map<Integer, Long>> reached(StreamingQueryProgress progress) {
        return offsets(progress, false);
    }

    /** How far topics went when it last looked. */
    static Map<String, Map<Integer, Long>> ends(StreamingQueryProgress progress) {
        return offsets(progress, true);
    }

    private static Map<String, Map<Integer, Long>> offsets(StreamingQueryProgress progress, boolean latest) {
        Map<String, Map<Integer, Long>> offsets = new TreeMap<>();
        for (SourceProgress source : progress.sources()) {
            String json = latest ? source.latestOffset() : source.endOffset();
            if (json != null && !json.isEmpty()) {
                Offsets.read(json, offsets);
            }
        }
        return offsets;
    }
}
