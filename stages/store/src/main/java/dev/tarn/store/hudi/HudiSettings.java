package dev.tarn.store.hudi;

import dev.tarn.store.Codec;
import dev.tarn.store.History;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableVersion;
import dev.tarn.store.TableWriterSettings;
import java.io.IOException;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.common.config.RecordMergeMode;
import org.apache.hudi.common.engine.EngineType;
import org.apache.hudi.common.model.HoodieTimelineTimeZone;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.HoodieTableVersion;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.storage.StoragePath;
import org.apache.hudi.storage.hadoop.HadoopStorageConfiguration;
import org.apache.hudi.storage.hadoop.HoodieHadoopStorage;
import org.apache.hudi.table.action.compact.strategy.CompactionStrategy;

/** Says in Hudi's words what a table is and how it is written. */
final class HudiSettings {
    /** Of each log that is read. Hudi's 16 MiB are more than a hundred small logs hold, and fill a small heap with each. */
    static final int READ_BUFFER_BYTES = 256 << 10;

    private final TableDescription table;
    private final TableWriterSettings settings;
    private final Configuration hadoop;

    HudiSettings(TableDescription table, TableWriterSettings settings, Configuration hadoop) {
        this.table = table;
        this.settings = settings;
        this.hadoop = new Configuration(hadoop);
        this.hadoop.setClassLoader(HudiSettings.class.getClassLoader());
        // The old form of lists in Parquet cannot hold a null.
        this.hadoop.setBoolean("parquet.avro.write-old-list-structure", false);
        this.hadoop.set("fs.file.impl", FastLocalFileSystem.class.getName());
        if (settings.files().sync() == TableWriterSettings.Sync.POWER_CUT) {
            this.hadoop.setBoolean(FastLocalFileSystem.FORCE_TO_DISK, true);
            // Hadoop shares one file system object per scheme, whose setting the first user would decide.
            this.hadoop.setBoolean("fs.file.impl.disable.cache", true);
        }
    }

    String basePath() {
        return table.location().getScheme() == null
                ? table.location().getPath()
                : table.location().toString();
    }

    HadoopStorageConfiguration storage() {
        return new HadoopStorageConfiguration(hadoop);
    }

    /** Asked of its properties, since the folder may be there for the lock alone. */
    boolean tableExists() throws IOException {
        StoragePath properties = new StoragePath(basePath(), ".hoodie/hoodie.properties");
        return new HoodieHadoopStorage(properties, storage()).exists(properties);
    }

    HoodieTableMetaClient load() {
        return HoodieTableMetaClient.builder()
                .setConf(storage())
                .setBasePath(basePath())
                .setLoadActiveTimelineOnLoad(true)
                .build();
    }

    /** Makes the table's folder and properties. */
    HoodieTableMetaClient create() throws IOException {
        return HoodieTableMetaClient.newTableBuilder()
                .setTableType(table.type().name())
                .setDatabaseName(table.database())
                .setTableName(table.table())
                .setTableVersion(hudiVersion())
                .setRecordKeyFields(String.join(",", table.keyColumns()))
                .setPartitionFields(
                        table.partitionColumns().isEmpty() ? null : String.join(",", table.partitionColumns()))
                // Which version counts is decided before it is written; positions alone cannot say (RowOrder).
                .setRecordMergeMode(RecordMergeMode.COMMIT_TIME_ORDERING)
                .setKeyGeneratorClassProp(RecordKeys.keyGenerator(table))
                .setHiveStylePartitioningEnable(true)
                // Without it a slash in a value would make two folders.
                .setUrlEncodePartitioning(true)
                // Instants are names in UTC, the same wherever the lake runs.
                .setCommitTimezone(HoodieTimelineTimeZone.UTC)
                .initTable(storage(), basePath());
    }

    private int hudiVersion() {
        return (table.version() == TableVersion.SIX ? HoodieTableVersion.SIX : HoodieTableVersion.NINE).versionCode();
    }

    /** For writing rows of this schema, with no service running in between. */
    HoodieWriteConfig forWriting(Schema schema) {
        return build(schema, new Properties());
    }

    /**
     * For compaction, cleaning and archiving, each when it is asked for.
     *
     * @param strategy the class that chooses what to compact
     */
    HoodieWriteConfig forMaintenance(Schema schema, Class<? extends CompactionStrategy> strategy) {
        Properties own = new Properties();
        own.put("hoodie.compaction.strategy", strategy.getName());
        own.put("hoodie.compact.inline.max.delta.commits", "1");
        own.put(
                "hoodie.memory.compaction.max.size",
                Long.toString(settings.maintenance().memoryBytes()));
        own.put("hoodie.clean.trigger.max.commits", "1");
        keep(settings.maintenance().history(), own);
        return build(schema, own);
    }

    /** For a clean on request, also where nothing has been committed since the last one. */
    HoodieWriteConfig forCleaning(Schema schema, History history) {
        Properties own = new Properties();
        own.put("hoodie.clean.trigger.max.commits", "0");
        // Of every partition: the last clean may have kept what this one does not.
        own.put("hoodie.clean.incremental.enabled", "false");
        keep(history, own);
        return build(schema, own);
    }

    private static void keep(History history, Properties own) {
        int kept = 0;
        if (history instanceof History.Commits commits) {
            kept = commits.commits();
            own.put("hoodie.clean.policy", "KEEP_LATEST_COMMITS");
            own.put("hoodie.clean.commits.retained", Integer.toString(kept));
        } else if (history instanceof History.Age age) {
            own.put("hoodie.clean.policy", "KEEP_LATEST_BY_HOURS");
            own.put(
                    "hoodie.clean.hours.retained",
                    Long.toString(Math.max(1, age.age().toHours())));
        }
        // Hudi cleans by what the active timeline shows, so archiving may not overtake cleaning.
        own.put("hoodie.keep.min.commits", Integer.toString(Math.max(30, kept + 10)));
        own.put("hoodie.keep.max.commits", Integer.toString(Math.max(50, kept + kept / 5 + 30)));
    }

    private HoodieWriteConfig build(Schema schema, Properties own) {
        Properties p = new Properties();
        p.put("hoodie.datasource.write.recordkey.field", String.join(",", table.keyColumns()));
        p.put("hoodie.datasource.write.partitionpath.field", String.join(",", table.partitionColumns()));
        p.put("hoodie.datasource.write.hive_style_partitioning", "true");
        p.put("hoodie.datasource.write.partitionpath.urlencode", "true");
        p.put("hoodie.datasource.write.keygenerator.class", RecordKeys.keyGenerator(table));
        p.put("hoodie.record.merge.mode", "COMMIT_TIME_ORDERING");
        p.put("hoodie.database.name", table.database());
        p.put("hoodie.index.class", PassiveIndex.class.getName());
        p.put("hoodie.metadata.enable", "false");
        p.put("hoodie.embed.timeline.server", "false");
        p.put("hoodie.write.markers.type", "DIRECT");
        p.put("hoodie.write.table.version", Integer.toString(hudiVersion()));
        p.put("hoodie.write.auto.upgrade", "false");
        p.put("hoodie.write.record.positions", "false");
        p.put("hoodie.allow.multi.write.on.same.instant", "true");
        p.put("hoodie.write.track.success.records", "false");
        p.put("hoodie.compact.inline", "false");
        p.put("hoodie.clean.automatic", "false");
        p.put("hoodie.archive.automatic", "false");
        p.put("hoodie.write.complex.keygen.validation.enable", "false");
        // One process makes the instants, so there is no clock but its own to wait for.
        p.put("hoodie.time.generator.max_expected_clock_skew_ms", "1");
        String codec = table.codec() == Codec.ZSTD ? "zstd" : "snappy";
        p.put("hoodie.parquet.compression.codec", codec);
        // The index of ours asks no file; a bloom filter in each would make a small file 400 KiB larger.
        p.put("hoodie.parquet.bloom.filter.enabled", "false");
        p.put("hoodie.avro.write.support.class", FlatWriteSupport.class.getName());
        p.put("hoodie.logfile.data.block.format", "avro");
        p.put("hoodie.memory.merge.max.size", Long.toString(256L << 20));
        p.put("hoodie.memory.dfs.buffer.max.size", Integer.toString(READ_BUFFER_BYTES));
        long target = table.type() == TableType.MERGE_ON_READ
                ? settings.files().mergeOnReadBytes()
                : settings.files().copyOnWriteBytes();
        p.put("hoodie.parquet.max.file.size", Long.toString(Math.max(target * 2, 16L << 20)));
        // One buffer per row group and file being written; Hudi's 120 MiB would not fit a small heap.
        p.put("hoodie.parquet.block.size", Long.toString(16L << 20));
        p.put("hoodie.logfile.max.size", Long.toString(1L << 30));
        p.putAll(own);
        return HoodieWriteConfig.newBuilder()
                .withEngineType(EngineType.JAVA)
                .withPath(basePath())
                .withSchema(schema.toString())
                .forTable(table.table())
                .withProps(p)
                .build();
    }
}
