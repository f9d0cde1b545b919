package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A stream and what it has written to the console since it was last asked. */
public record WatchedStream(StreamState state, List<Batch> batches) {
    /** The rows of a batch. */
    public record Batch(long number, QueryResult rows) {}

    static WatchedStream parse(JsonFields fields) throws IOException {
        List<Batch> batches = new ArrayList<>();
        for (JsonFields batch : fields.objects("batches")) {
            batches.add(new Batch(batch.number("batch"), QueryResult.parse(batch)));
        }
        return new WatchedStream(
                StreamState.parse(fields.optionalObject("stream").orElseThrow(() -> new IOException("no stream"))),
                batches);
    }
}
