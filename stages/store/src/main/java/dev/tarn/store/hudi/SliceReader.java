package dev.tarn.store.hudi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.avro.HoodieAvroReaderContext;
import org.apache.hudi.common.config.TypedProperties;
import org.apache.hudi.common.model.DeleteRecord;
import org.apache.hudi.common.model.HoodieLogFile;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.schema.HoodieSchema;
import org.apache.hudi.common.schema.HoodieSchemaUtils;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.log.HoodieLogFileReader;
import org.apache.hudi.common.table.log.HoodieLogFormat;
import org.apache.hudi.common.table.log.block.HoodieAvroDataBlock;
import org.apache.hudi.common.table.log.block.HoodieDeleteBlock;
import org.apache.hudi.common.table.log.block.HoodieLogBlock;
import org.apache.hudi.common.table.read.HoodieFileGroupReader;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.common.util.collection.ClosableIterator;
import org.jspecify.annotations.Nullable;

/** Reads the newest rows of one file group, base file and logs merged, only the columns asked for. */
final class SliceReader {
    private final HoodieTableMetaClient client;
    private final Schema columns;
    private @Nullable HoodieSchema tableSchema;

    /** @param columns of the table, without Hudi's own */
    SliceReader(HoodieTableMetaClient client, Schema columns) {
        this.client = client;
        this.columns = columns;
    }

    /** With Hudi's own columns. Made by the first read: there is a reader for each batch of changes, and most read nothing. */
    private synchronized HoodieSchema tableSchema() {
        HoodieSchema known = tableSchema;
        if (known == null) {
            known = HoodieSchemaUtils.addMetadataFields(HoodieSchema.fromAvroSchema(columns), false);
            tableSchema = known;
        }
        return known;
    }

    /** Takes each row, its key in field 0. */
    interface Visitor {
        /** @return false to stop */
        boolean visit(IndexedRecord row);
    }

    /**
     * @param fields the columns to read, in the order in which the rows will have them, behind their key
     * @param upTo log blocks of later instants do not count
     */
    void read(FileGroup group, List<Schema.Field> fields, String upTo, Visitor visitor) throws IOException {
        Schema columns = withKey(fields);
        TypedProperties properties = new TypedProperties();
        properties.put("hoodie.memory.merge.max.size", Long.toString(128L << 20));
        properties.put("hoodie.memory.dfs.buffer.max.size", Integer.toString(HudiSettings.READ_BUFFER_BYTES));
        HoodieAvroReaderContext context = new HoodieAvroReaderContext(
                client.getStorageConf(), client.getTableConfig(), Option.empty(), Option.empty(), properties);
        try (HoodieFileGroupReader<IndexedRecord> reader = HoodieFileGroupReader.<IndexedRecord>newBuilder()
                        .withReaderContext(context)
                        .withHoodieTableMetaClient(client)
                        .withLatestCommitTime(upTo)
                        .withFileSlice(group.slice())
                        .withDataSchema(tableSchema())
                        .withRequestedSchema(HoodieSchema.fromAvroSchema(columns))
                        .withProps(properties)
                        // The files are known to be committed; so the timeline need not be read again for this.
                        .withAllowInflightInstants(true)
                        .build();
                ClosableIterator<IndexedRecord> rows = reader.getClosableIterator()) {
            boolean more = true;
            while (more && rows.hasNext()) {
                more = visitor.visit(rows.next());
            }
        }
    }

    /** Takes what logs hold, in the order in which it was written. */
    interface LogVisitor {
        /** @param row its key in field 0 */
        void row(IndexedRecord row);

        void delete(String key);
    }

    /**
     * Reads the logs of a file group from the oldest to the newest.
     *
     * @param fields the columns to read, in the order in which the rows will have them, behind their key
     * @return false, after less than all of it, if there are other blocks than those of rows and deletes: a rollback,
     *     damage
     */
    boolean readLogs(FileGroup group, List<Schema.Field> fields, LogVisitor visitor) throws IOException {
        HoodieSchema columns = HoodieSchema.fromAvroSchema(withKey(fields));
        List<HoodieLogFile> logs = group.slice()
                .getLogFiles()
                .sorted(HoodieLogFile.getLogFileComparator())
                .toList();
        for (HoodieLogFile log : logs) {
            try (HoodieLogFormat.Reader blocks = logReader(log, columns)) {
                while (blocks.hasNext()) {
                    HoodieLogBlock block = blocks.next();
                    if (block instanceof HoodieDeleteBlock deletes) {
                        for (DeleteRecord delete : deletes.getRecordsToDelete()) {
                            visitor.delete(delete.getRecordKey());
                        }
                    } else if (block instanceof HoodieAvroDataBlock data && !data.isCompactedLogBlock()) {
                        readRows(data, visitor);
                    } else {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** By default a buffer of 16 MiB is made for each log, be it of one KiB. */
    private HoodieLogFormat.Reader logReader(HoodieLogFile log, HoodieSchema columns) throws IOException {
        return new HoodieLogFileReader(client.getStorage(), log, columns, HudiSettings.READ_BUFFER_BYTES);
    }

    private static void readRows(HoodieAvroDataBlock data, LogVisitor visitor) {
        try (ClosableIterator<HoodieRecord<IndexedRecord>> rows =
                data.getRecordIterator(HoodieRecord.HoodieRecordType.AVRO)) {
            while (rows.hasNext()) {
                visitor.row(rows.next().getData());
            }
        }
    }

    /** Settings of the file systems that hold the table. */
    Configuration hadoop() {
        return client.getStorageConf().unwrapAs(Configuration.class);
    }

    /** Takes the key and the position of each delete in the logs of a file group. */
    void readDeletes(FileGroup group, ObjLongConsumer<String> visitor) throws IOException {
        for (HoodieLogFile log : group.slice().getLogFiles().toList()) {
            try (HoodieLogFormat.Reader blocks = logReader(log, tableSchema())) {
                while (blocks.hasNext()) {
                    if (blocks.next() instanceof HoodieDeleteBlock deletes) {
                        for (DeleteRecord delete : deletes.getRecordsToDelete()) {
                            visitor.accept(
                                    delete.getRecordKey(),
                                    delete.getOrderingValue() instanceof Number order ? order.longValue() : 0);
                        }
                    }
                }
            }
        }
    }

    /** Without the key, Hudi could not tell rows of the base file from each other. */
    private static Schema withKey(List<Schema.Field> fields) {
        Schema text = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        List<Schema.Field> all = new ArrayList<>();
        all.add(new Schema.Field(HoodieRecord.RECORD_KEY_METADATA_FIELD, text, null, JsonProperties.NULL_VALUE));
        for (Schema.Field field : fields) {
            all.add(new Schema.Field(field.name(), field.schema(), null, field.defaultVal()));
        }
        return Schema.createRecord("projection", null, "dev.tarn", false, all);
    }
}
