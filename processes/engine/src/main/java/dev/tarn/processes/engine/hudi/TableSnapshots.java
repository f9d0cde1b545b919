package dev.tarn.processes.engine.hudi;

import dev.tarn.processes.engine.recent.Recent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Snapshots of tables. One that was asked for lately is not listed again as long as nothing happens to its table. */
public final class TableSnapshots {
    private static final int KEPT = 100;

    private final LogBlocks blocks = new LogBlocks();
    private final Map<Moment, Known> known = Recent.map(KEPT);

    private record Moment(String path, @Nullable String instant) {}

    private record Known(String state, TableSnapshot snapshot) {}

    /**
     * The table as it was right after an instant.
     *
     * @param instant null for the newest
     */
    public TableSnapshot find(HudiTable table, @Nullable String instant) {
        Moment moment = new Moment(table.client().getBasePath().toString(), instant);
        Known found = known.get(moment);
        if (found == null || !found.state().equals(table.state())) {
            found = new Known(table.state(), TableSnapshot.read(table.client(), instant, blocks));
            known.put(moment, found);
        }
        return found.snapshot();
    }
}
