package dev.tarn.store.hudi;

import dev.tarn.store.TableDescription;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.avro.HoodieAvroReaderContext;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.config.HoodieMetadataConfig;
import org.apache.hudi.common.config.TypedProperties;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.model.FileSlice;
import org.apache.hudi.common.schema.HoodieSchema;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.TableSchemaResolver;
import org.apache.hudi.common.table.read.HoodieFileGroupReader;
import org.apache.hudi.common.table.view.FileSystemViewManager;
import org.apache.hudi.common.table.view.SyncableFileSystemView;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.common.util.collection.ClosableIterator;
import org.apache.hudi.storage.hadoop.HadoopStorageConfiguration;
import org.jspecify.annotations.Nullable;

/** Reads a table as any reader would: Hudi's own file-system view, timeline and merging reader, nothing of the writer. */
final class HudiReading {
    private HudiReading() {}

    static List<Map<String, @Nullable Object>> rows(TableDescription table, @Nullable String asOf) {
        HadoopStorageConfiguration storage = new HadoopStorageConfiguration(new Configuration());
        HoodieTableMetaClient client = HoodieTableMetaClient.builder()
                .setConf(storage)
                .setBasePath(table.location().getPath())
                .build();
        HoodieJavaEngineContext context = new HoodieJavaEngineContext(storage);
        try {
            HoodieSchema schema = new TableSchemaResolver(client).getTableSchema(true);
            String upTo = asOf == null
                    ? client.getActiveTimeline()
                            .getCommitsTimeline()
                            .filterCompletedInstants()
                            .lastInstant()
                            .get()
                            .requestedTime()
                    : asOf;
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            try (SyncableFileSystemView view = FileSystemViewManager.createInMemoryFileSystemView(
                    context,
                    client,
                    HoodieMetadataConfig.newBuilder().enable(false).build())) {
                for (String partition : FSUtils.getAllPartitionPaths(context, client, false)) {
                    List<FileSlice> slices = view.getLatestMergedFileSlicesBeforeOrOn(partition, upTo)
                            .toList();
                    for (FileSlice slice : slices) {
                        read(client, schema, slice, upTo, rows);
                    }
                }
            }
            return rows;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void read(
            HoodieTableMetaClient client,
            HoodieSchema schema,
            FileSlice slice,
            String upTo,
            List<Map<String, @Nullable Object>> rows)
            throws IOException {
        HoodieAvroReaderContext context = new HoodieAvroReaderContext(
                client.getStorageConf(), client.getTableConfig(), Option.empty(), Option.empty());
        try (HoodieFileGroupReader<IndexedRecord> reader = HoodieFileGroupReader.<IndexedRecord>newBuilder()
                        .withReaderContext(context)
                        .withHoodieTableMetaClient(client)
                        .withLatestCommitTime(upTo)
                        .withFileSlice(slice)
                        .withDataSchema(schema)
                        .withRequestedSchema(schema)
                        .withProps(new TypedProperties())
                        .build();
                ClosableIterator<IndexedRecord> records = reader.getClosableIterator()) {
            while (records.hasNext()) {
                rows.add(row(records.next(), slice));
            }
        }
    }

    private static Map<String, @Nullable Object> row(IndexedRecord record, FileSlice slice) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = value(record.get(field.pos()), field.schema());
            if (field.name().equals("_hoodie_partition_path")
                    && !slice.getPartitionPath().equals(value)) {
                throw new AssertionError("row of " + value + " in " + slice.getPartitionPath());
            }
            if (!field.name().startsWith("_hoodie")) {
                row.put(field.name(), value);
            }
        }
        return row;
    }

    private static @Nullable Object value(@Nullable Object value, Schema schema) {
        if (value == null) {
            return null;
        }
        if (schema.isUnion()) {
            return value(value, schema.getTypes().get(1));
        }
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return new BigDecimal(new BigInteger(((GenericFixed) value).bytes()), decimal.getScale());
        }
        if (logical instanceof LogicalTypes.Date) {
            return LocalDate.ofEpochDay((Integer) value);
        }
        if (logical instanceof LogicalTypes.TimestampMicros) {
            return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(value(item, schema.getElementType())));
            return items;
        }
        return value instanceof CharSequence ? value.toString() : value;
    }
}
