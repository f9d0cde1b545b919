package dev.tarn.processes.engine.upkeep;

import dev.tarn.processes.engine.hudi.HudiTable;
import java.io.IOException;
import java.util.List;

/** The savepoints of a table. */
public final class Savepoints {
    private Savepoints() {}

    /** All of them, newest first. */
    public static List<Savepoint> list(HudiTable table) throws IOException {
        return KeptHistory.savepoints(table, table.metaClient().getActiveTimeline());
    }
}
