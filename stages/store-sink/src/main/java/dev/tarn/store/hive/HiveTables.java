package dev.tarn.store.hive;

import dev.tarn.store.Column;
import dev.tarn.store.Columns;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;

/**
 * Makes the metastore's words for a Hudi table: what Hudi's own Hive sync writes (its classes {@code HMSDDLExecutor} and
 * {@code SparkSchemaUtils} are the reference), so that every reader that knows Hudi tables knows these.
 */
final class HiveTables {
    private static final String SNAPSHOT_FORMAT = "org.apache.hudi.hadoop.realtime.HoodieParquetRealtimeInputFormat";
    private static final String BASE_FILE_FORMAT = "org.apache.hudi.hadoop.HoodieParquetInputFormat";
    private static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    private static final String SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    // The metastore keeps a property in a column of 4,000 characters.
    private static final int PROPERTY_LENGTH = 4_000;
    private static final List<String> HUDI_COLUMNS = List.of(
            "_hoodie_commit_time",
            "_hoodie_commit_seqno",
            "_hoodie_record_key",
            "_hoodie_partition_path",
            "_hoodie_file_name");

    private final TableDescription table;
    private final String source;
    private final Map<String, String> comments;

    HiveTables(TableDescription table, String source, Map<String, String> comments) {
        this.table = table;
        this.source = source;
        this.comments = Map.copyOf(comments);
    }

    /** @param snapshot whether it shows changes that are still in logs */
    Table table(String name, Columns columns, boolean snapshot) {
        List<FieldSchema> data = new ArrayList<>();
        HUDI_COLUMNS.forEach(column -> data.add(new FieldSchema(column, "string", "")));
        columns.list().stream().filter(column -> !isPartition(column)).forEach(column -> data.add(field(column)));
        List<FieldSchema> partitions = table.partitionColumns().stream()
                .map(column -> field(columns.at(columns.position(column))))
                .toList();
        Table entry = new Table();
        entry.setDbName(table.database());
        entry.setTableName(name);
        entry.setTableType("EXTERNAL_TABLE");
        entry.setOwner("tarn");
        entry.setPartitionKeys(partitions);
        entry.setSd(storage(table.location().toString(), data, snapshot));
        entry.setParameters(parameters(columns));
        return entry;
    }

    /** @param path such as {@code nationality=Dutch/gender=Female}, escaped as Hive does */
    Partition partition(Table entry, String path) {
        List<String> values = new ArrayList<>();
        for (String folder : path.split("/", -1)) {
            String value = folder.substring(folder.indexOf('=') + 1);
            // Hive escapes with percent signs alone; a plus sign is a plus sign.
            values.add(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        Partition partition = new Partition();
        partition.setDbName(entry.getDbName());
        partition.setTableName(entry.getTableName());
        partition.setValues(values);
        StorageDescriptor storage = new StorageDescriptor(entry.getSd());
        storage.setLocation(entry.getSd().getLocation().replaceAll("/+$", "") + "/" + path);
        partition.setSd(storage);
        partition.setParameters(new HashMap<>());
        return partition;
    }

    private StorageDescriptor storage(String location, List<FieldSchema> data, boolean snapshot) {
        boolean logs = snapshot && table.type() == TableType.MERGE_ON_READ;
        SerDeInfo serde = new SerDeInfo();
        serde.setSerializationLib(SERDE);
        serde.setParameters(
                new HashMap<>(Map.of("path", location, "hoodie.query.as.ro.table", Boolean.toString(!snapshot))));
        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(data);
        storage.setLocation(location);
        storage.setInputFormat(logs ? SNAPSHOT_FORMAT : BASE_FILE_FORMAT);
        storage.setOutputFormat(OUTPUT_FORMAT);
        storage.setSerdeInfo(serde);
        storage.setParameters(new HashMap<>());
        storage.setBucketCols(new ArrayList<>());
        storage.setSortCols(new ArrayList<>());
        return storage;
    }

    private Map<String, String> parameters(Columns columns) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("EXTERNAL", "TRUE");
        parameters.put("spark.sql.sources.provider", "hudi");
        parameters.put("primaryKey", String.join(",", table.keyColumns()));
        parameters.put("type", table.type() == TableType.MERGE_ON_READ ? "mor" : "cow");
        parameters.put("tarn.source", source);
        if (!source.isEmpty()) {
            parameters.put("comment", "Mirrors " + source);
        }
        String schema = new SparkSchema(comments).json(HUDI_COLUMNS, columns, table.partitionColumns());
        int parts = (schema.length() + PROPERTY_LENGTH - 1) / PROPERTY_LENGTH;
        parameters.put("spark.sql.sources.schema.numParts", Integer.toString(parts));
        for (int part = 0; part < parts; part++) {
            int end = Math.min(schema.length(), (part + 1) * PROPERTY_LENGTH);
            parameters.put("spark.sql.sources.schema.part." + part, schema.substring(part * PROPERTY_LENGTH, end));
        }
        if (!table.partitionColumns().isEmpty()) {
            parameters.put(
                    "spark.sql.sources.schema.numPartCols",
                    Integer.toString(table.partitionColumns().size()));
            for (int i = 0; i < table.partitionColumns().size(); i++) {
                parameters.put(
                        "spark.sql.sources.schema.partCol." + i,
                        table.partitionColumns().get(i));
            }
        }
        return parameters;
    }

    private FieldSchema field(Column column) {
        return new FieldSchema(column.name(), HiveTypes.name(column.type()), comments.getOrDefault(column.name(), ""));
    }

    private boolean isPartition(Column column) {
        return table.partitionColumns().contains(column.name());
    }
}
