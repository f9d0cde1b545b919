package dev.tarn.processes.engine.history;

import dev.tarn.processes.engine.history.RowEvent.Removed;
import dev.tarn.processes.engine.history.RowEvent.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hudi.common.model.DeleteRecord;
import org.apache.hudi.common.model.HoodieLogFile;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.table.log.HoodieLogFileReader;
import org.apache.hudi.common.table.log.HoodieLogFormat;
import org.apache.hudi.common.table.log.block.HoodieCommandBlock;
import org.apache.hudi.common.table.log.block.HoodieDataBlock;
import org.apache.hudi.common.table.log.block.HoodieDeleteBlock;
import org.apache.hudi.common.table.log.block.HoodieLogBlock;
import org.apache.hudi.common.table.log.block.HoodieLogBlock.HeaderMetadataType;
import org.apache.hudi.common.util.collection.ClosableIterator;
import org.apache.hudi.storage.HoodieStorage;
import org.jspecify.annotations.Nullable;

/** Finds what the logs of one file group say of a row, in blocks of rows and of deletes. */
final class LogFiles {
    // Of each log that is read; Hudi's 16 MiB are more than most logs are long.
    private static final int BUFFER_BYTES = 256 << 10;

    private final HoodieStorage storage;
    private final String partition;
    private final Predicate<String> committed;
    private final List<RowEvent> events = new ArrayList<>();
    private final Set<String> rolledBack = new HashSet<>();

    /** @param committed whether an instant is a commit that readers see */
    LogFiles(HoodieStorage storage, String partition, Predicate<String> committed) {
        this.storage = storage;
        this.partition = partition;
        this.committed = committed;
    }

    /** Reads a log. */
    void read(HoodieLogFile log, Set<String> keys) throws IOException {
        // Without a schema of ours each block has that of its writer, so that columns dropped since are seen, too.
        try (HoodieLogFormat.Reader blocks = new HoodieLogFileReader(storage, log, null, BUFFER_BYTES)) {
            while (blocks.hasNext()) {
                read(blocks.next(), keys);
            }
        }
    }

    private void read(HoodieLogBlock block, Set<String> keys) {
        Map<HeaderMetadataType, String> header = block.getLogBlockHeader();
        if (block instanceof HoodieCommandBlock) {
            rolledBack.add(header.getOrDefault(HeaderMetadataType.TARGET_INSTANT_TIME, ""));
            return;
        }
        String instant = header.getOrDefault(HeaderMetadataType.INSTANT_TIME, "");
        if (!committed.test(instant)) {
            return;
        }
        if (block instanceof HoodieDeleteBlock deletes) {
            for (DeleteRecord delete : deletes.getRecordsToDelete()) {
                if (keys.contains(delete.getRecordKey())) {
                    events.add(new Removed(instant, partition, lsn(delete)));
                }
            }
        } else if (block instanceof HoodieDataBlock data) {
            readRows(data, instant, keys);
        }
    }

    private void readRows(HoodieDataBlock data, String instant, Set<String> keys) {
        try (ClosableIterator<HoodieRecord<IndexedRecord>> rows =
                data.getRecordIterator(HoodieRecord.HoodieRecordType.AVRO)) {
            while (rows.hasNext()) {
                IndexedRecord row = rows.next().getData();
                if (keys.contains(String.valueOf(field(row, HoodieRecord.RECORD_KEY_METADATA_FIELD)))) {
                    Object writtenBy = field(row, HoodieRecord.COMMIT_TIME_METADATA_FIELD);
                    events.add(new Written(
                            writtenBy == null ? instant : writtenBy.toString(), partition, AvroValues.row(row)));
                }
            }
        }
    }

    private static @Nullable Object field(IndexedRecord row, String name) {
        Schema.Field field = row.getSchema().getField(name);
        return field == null ? null : row.get(field.pos());
    }

    /** The lake's sink orders versions by their position; a negative one is that of a copied row, as its complement. */
    private static @Nullable Long lsn(DeleteRecord delete) {
        if (!(delete.getOrderingValue() instanceof Long order) || order == 0) {
            return null;
        }
        return order < 0 ? ~order : order;
    }

    /** All that was found, without what was rolled back. */
    List<RowEvent> events() {
        return events.stream()
                .filter(event -> !rolledBack.contains(event.instant()))
                .toList();
    }
}
