package dev.tarn.processes.engine.hudi;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.common.model.HoodieTableType;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.TableSchemaResolver;
import org.apache.hudi.storage.HoodieStorage;
import org.apache.hudi.storage.StoragePath;
import org.apache.hudi.storage.hadoop.HadoopStorageConfiguration;
import org.jspecify.annotations.Nullable;

/** One table at one moment: its timeline is read when it is opened, since another process writes it. */
public final class HudiTable {
    private final HoodieTableMetaClient client;

    private HudiTable(HoodieTableMetaClient client) {
        this.client = client;
    }

    /**
     * Reads the table's properties and its timeline.
     *
     * @param path of the table's folder, with a scheme or without
     */
    public static HudiTable open(String path, Configuration hadoop) {
        return new HudiTable(HoodieTableMetaClient.builder()
                .setConf(new HadoopStorageConfiguration(hadoop))
                .setBasePath(path)
                .setLoadActiveTimelineOnLoad(true)
                .build());
    }

    /** Whether changes may be in logs beside the base files. */
    public boolean isMergeOnRead() {
        return client.getTableType() == HoodieTableType.MERGE_ON_READ;
    }

    /** The version of Hudi's table format, such as 6 or 9. */
    public int version() {
        return client.getTableConfig().getTableVersion().versionCode();
    }

    /** Changes whenever the table does. */
    public String state() {
        return client.getActiveTimeline().getTimelineHash();
    }

    /** What has happened to the table, as far as its active timeline goes back. */
    public TableTimeline timeline() {
        return new TableTimeline(client, new InstantTimes(zone()));
    }

    /** The commits that changed rows, as far as the table can be read as of them. */
    public TableCommits commits(TableCommits.Cache cache) {
        return TableCommits.read(client, new InstantTimes(zone()), cache);
    }

    /** The commits that readers of the past can name. */
    public KeptCommits keptCommits() {
        return new KeptCommits(client, timeline());
    }

    /** Hudi's own view of the table, for those who read its rows. */
    public HoodieTableMetaClient client() {
        return client;
    }

    /** The files that hold the table's rows. Lists all its folders. */
    public TableFiles files() {
        return TableFiles.list(client);
    }

    /**
     * Whether SQL has renamed, retyped, dropped or moved columns: Hudi then finds a column of an older file by a number, and by
     * its name something else, or nothing.
     */
    public boolean namesColumnsByNumber() {
        return new TableSchemaResolver(client)
                .getTableInternalSchemaFromCommitMetadata()
                .isPresent();
    }

    /** How many records its writer could not store, and put into the folder {@code .hoodie/tarn-quarantine}. */
    public long putAside() throws IOException {
        HoodieStorage storage = client.getStorage();
        StoragePath folder = new StoragePath(client.getBasePath(), ".hoodie/tarn-quarantine");
        return storage.exists(folder)
                ? storage.listDirectEntries(folder).stream()
                        .filter(entry -> entry.getPath().getName().endsWith(".json"))
                        .count()
                : 0;
    }

    /** Hudi's own view of the table, for what this package does not tell. Only to be read. */
    public HoodieTableMetaClient metaClient() {
        return client;
    }

    /** The time of an instant of this table; null where its name is no time, and for null. */
    public @Nullable Instant time(@Nullable String instant) {
        return new InstantTimes(zone()).parse(instant);
    }

    private ZoneId zone() {
        return client.getTableConfig().getTimelineTimezone().getZoneId();
    }
}
