package dev.tarn.processes.engine.hudi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hudi.common.model.HoodieLogFile;
import org.apache.hudi.common.table.log.HoodieLogFileReader;
import org.apache.hudi.common.table.log.HoodieLogFormat;
import org.apache.hudi.common.table.log.block.HoodieCommandBlock;
import org.apache.hudi.common.table.log.block.HoodieLogBlock;
import org.apache.hudi.common.table.log.block.HoodieLogBlock.HeaderMetadataType;
import org.apache.hudi.storage.HoodieStorage;

/** Which instants wrote what is in logs. A log only grows, so what was read of one is kept by its size. */
final class LogBlocks {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int LOGS = 20_000;

    private final Map<String, Blocks> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Blocks> eldest) {
            return size() > LOGS;
        }
    });

    /**
     * What a log holds.
     *
     * @param instants that wrote rows or deletes
     * @param rolledBack instants whose blocks, here or in other logs, do not count
     * @param partial whether rows lack columns, which are those of the version before
     */
    record Blocks(Set<String> instants, Set<String> rolledBack, boolean partial) {}

    Blocks of(HoodieStorage storage, HoodieLogFile log) {
        String name = log.getPath() + " " + log.getFileSize();
        Blocks blocks = known.get(name);
        if (blocks == null) {
            blocks = read(storage, log);
            known.put(name, blocks);
        }
        return blocks;
    }

    private static Blocks read(HoodieStorage storage, HoodieLogFile log) {
        Set<String> instants = new TreeSet<>();
        Set<String> rolledBack = new TreeSet<>();
        boolean partial = false;
        // Heads of blocks alone: what is in a block is not read before it is asked for.
        try (HoodieLogFormat.Reader blocks = new HoodieLogFileReader(storage, log, null, BUFFER_BYTES)) {
            while (blocks.hasNext()) {
                HoodieLogBlock block = blocks.next();
                Map<HeaderMetadataType, String> header = block.getLogBlockHeader();
                if (block instanceof HoodieCommandBlock) {
                    rolledBack.add(header.getOrDefault(HeaderMetadataType.TARGET_INSTANT_TIME, ""));
                } else if (block.isDataOrDeleteBlock()) {
                    instants.add(header.getOrDefault(HeaderMetadataType.INSTANT_TIME, ""));
                    partial |= Boolean.parseBoolean(header.get(HeaderMetadataType.IS_PARTIAL));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Blocks(instants, rolledBack, partial);
    }
}
