package dev.tarn.store.hudi;

import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.common.data.HoodieData;
import org.apache.hudi.common.engine.HoodieEngineContext;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.index.HoodieIndex;
import org.apache.hudi.table.HoodieTable;

/**
 * What Hudi is told to use as its index: nothing to do, since the writer has looked up and placed every row beforehand.
 * Hudi makes it by name and keeps it in places of its own, so it must not hold state.
 */
public final class PassiveIndex extends HoodieIndex<Object, Object> {
    private static final long serialVersionUID = 1L;

    /** Called by Hudi. */
    public PassiveIndex(HoodieWriteConfig config) {
        super(config);
    }

    @Override
    public <R> HoodieData<HoodieRecord<R>> tagLocation(
            HoodieData<HoodieRecord<R>> records, HoodieEngineContext context, HoodieTable table) {
        return records;
    }

    @Override
    public HoodieData<WriteStatus> updateLocation(
            HoodieData<WriteStatus> statuses, HoodieEngineContext context, HoodieTable table) {
        return statuses;
    }

    @Override
    public boolean rollbackCommit(String instant) {
        return true;
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    /** Rows that exist only in log files are found too. */
    @Override
    public boolean canIndexLogFiles() {
        return true;
    }

    /** Else Hudi keeps an object for every row that it has written, until the commit, to tell the index of them. */
    @Override
    public boolean isImplicitWithStorage() {
        return true;
    }
}
