package dev.tarn.store.hudi;

import dev.tarn.store.index.FileLocation;
import dev.tarn.store.index.RowOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.apache.hudi.client.WriteStatus;
import org.apache.hudi.client.common.JavaTaskContextSupplier;
import org.apache.hudi.common.config.TypedProperties;
import org.apache.hudi.common.engine.TaskContextSupplier;
import org.apache.hudi.common.model.HoodieAvroIndexedRecord;
import org.apache.hudi.common.model.HoodieEmptyRecord;
import org.apache.hudi.common.model.HoodieKey;
import org.apache.hudi.common.model.HoodieOperation;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.model.HoodieRecord.HoodieRecordType;
import org.apache.hudi.common.model.HoodieRecordLocation;
import org.apache.hudi.common.model.HoodieTableType;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.WriteOperationType;
import org.apache.hudi.common.schema.HoodieSchema;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.io.HoodieAppendHandle;
import org.apache.hudi.io.HoodieCreateHandle;
import org.apache.hudi.io.HoodieMergeHandle;
import org.apache.hudi.io.HoodieMergeHandleFactory;
import org.apache.hudi.table.HoodieTable;

/** Writes the rows of one commit into one file group with the handle of Hudi that fits. */
final class GroupWriter {
    private final HoodieWriteConfig config;
    private final HoodieTable<Object, ?, ?, ?> table;
    private final Schema schema;
    private final HoodieSchema hudiSchema;
    private final boolean flat;
    private final String instant;
    private final TaskContextSupplier task = new JavaTaskContextSupplier();

    GroupWriter(HoodieWriteConfig config, HoodieTable<Object, ?, ?, ?> table, Schema schema, String instant) {
        this.config = config;
        this.table = table;
        this.schema = schema;
        this.hudiSchema = HoodieSchema.fromAvroSchema(schema);
        this.flat = FlatWriteSupport.isFlat(schema);
        this.instant = instant;
    }

    List<HoodieWriteStat> write(GroupWrites writes) throws IOException {
        List<WriteStatus> statuses;
        if (!writes.group().exists()) {
            statuses = create(writes);
        } else if (table.getMetaClient().getTableType() == HoodieTableType.MERGE_ON_READ) {
            statuses = append(writes);
        } else {
            statuses = merge(writes);
        }
        return stats(statuses);
    }

    /** @throws IOException if a row was refused */
    static List<HoodieWriteStat> stats(List<WriteStatus> statuses) throws IOException {
        List<HoodieWriteStat> stats = new ArrayList<>();
        for (WriteStatus status : statuses) {
            if (status.hasErrors()) {
                throw new IOException("rows refused by Hudi: " + status.getErrors(), firstError(status));
            }
            stats.add(status.getStat());
        }
        return stats;
    }

    private static Throwable firstError(WriteStatus status) {
        return status.getGlobalError() != null
                ? status.getGlobalError()
                : status.getErrors().values().iterator().next();
    }

    /** A new group starts with a base file, also of a merge-on-read table: its rows are in every view at once. */
    private List<WriteStatus> create(GroupWrites writes) {
        HoodieCreateHandle<Object, ?, ?, ?> handle = createHandle(writes.group().location());
        TypedProperties properties = config.getProps();
        for (RowWrite row : writes.rows()) {
            handle.write(record(row), hudiSchema, properties);
        }
        return handle.close();
    }

    private HoodieCreateHandle<Object, ?, ?, ?> createHandle(FileLocation at) {
        return new HoodieCreateHandle<>(config, instant, table, at.partition(), at.fileId(), task);
    }

    /** A base file of a new file group, to be filled over many calls. */
    NewBaseFile begin(String partition) {
        FileLocation location = FileGroups.newLocation(partition);
        return new NewBaseFile(
                location, createHandle(location), hudiSchema, config.getProps(), row -> record(row, !flat));
    }

    private List<WriteStatus> append(GroupWrites writes) {
        HoodieAppendHandle<Object, ?, ?, ?> handle = new HoodieAppendHandle<>(
                config, instant, table, partition(writes), fileId(writes), records(writes), task);
        handle.doAppend();
        return handle.close();
    }

    private List<WriteStatus> merge(GroupWrites writes) throws IOException {
        HoodieMergeHandle<Object, ?, ?, ?> handle = HoodieMergeHandleFactory.create(
                WriteOperationType.UPSERT,
                config,
                instant,
                table,
                records(writes),
                partition(writes),
                fileId(writes),
                task,
                Option.empty());
        handle.doMerge();
        return handle.close();
    }

    private static String partition(GroupWrites writes) {
        return writes.group().location().partition();
    }

    private static String fileId(GroupWrites writes) {
        return writes.group().location().fileId();
    }

    private Iterator<HoodieRecord<Object>> records(GroupWrites writes) {
        return writes.rows().stream().map(this::record).iterator();
    }

    private HoodieRecord<Object> record(RowWrite row) {
        return record(row, true);
    }

    /** @param encoded whether text is encoded now: Avro does it character by character, and what is encoded not at all */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Hudi types the record by its payload, which no handle looks at.
    private HoodieRecord<Object> record(RowWrite row, boolean encoded) {
        HoodieKey key = new HoodieKey(row.key(), row.partition());
        HoodieRecord record;
        if (row.isDelete()) {
            record = new HoodieEmptyRecord<>(key, HoodieOperation.DELETE, row.order(), HoodieRecordType.AVRO);
        } else {
            GenericData.Record values = new GenericData.Record(schema);
            @org.jspecify.annotations.Nullable Object[] source = Objects.requireNonNull(row.values());
            for (int i = 0; i < source.length; i++) {
                values.put(i, encoded && source[i] instanceof String text ? new Utf8(text) : source[i]);
            }
            record = new HoodieAvroIndexedRecord(key, values, (Comparable<?>) RowOrder.lsn(row.order()));
        }
        if (row.at() != null) {
            record.unseal();
            record.setCurrentLocation(new HoodieRecordLocation(instant, row.at().fileId()));
            record.seal();
        }
        return record;
    }
}
