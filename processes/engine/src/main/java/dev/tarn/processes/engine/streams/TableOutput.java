package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.streams.StreamDefinition.Mode;
import dev.tarn.processes.engine.streams.StreamDefinition.TableTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes rows into a table of the lake's own, exactly once: a commit bears the number of its batch, and a batch whose
 * commit is there is not written again.
 */
final class TableOutput implements StreamOutput {
    private final SparkSession session;
    private final TableTarget target;
    private final Mode mode;
    private final String database;
    private final String table;
    private final String path;
    private final List<Column> columns;
    private final BatchCommits commits;

    /**
     * Creates the table if it is not there.
     *
     * @param run which names the checkpoint that counts the batches
     */
    TableOutput(
            StreamSite site,
            SparkSession session,
            StreamDefinition stream,
            TableTarget target,
            StructType rows,
            String run) {
        this.session = session;
        this.target = target;
        this.mode = stream.mode();
        String[] name = target.table().toLowerCase(Locale.ROOT).split("\\.", 2);
        this.database = name[0];
        this.table = name[1];
        Columns.require(stream.name(), rows, target.key());
        CatalogTable entry = requireTable(stream.name(), rows);
        this.path = entry.location().toString();
        StructType wanted = withoutMeta(entry.schema());
        this.columns = Columns.fit(stream.name(), rows, wanted, "table '" + target.table() + "'");
        Configuration hadoop = site.session().sparkContext().hadoopConfiguration();
        this.commits = new BatchCommits(path, hadoop, stream.name(), run);
    }

    @Override
    public void write(Dataset<Row> batch, long id) {
        if (commits.hold(id)) {
            return;
        }
        Dataset<Row> rows = batch.select(columns.toArray(Column[]::new)).persist();
        try {
            if (mode == Mode.COMPLETE || !rows.isEmpty()) {
                write(rows, commits.notes(id));
            }
        } finally {
            rows.unpersist();
        }
    }

    private void write(Dataset<Row> rows, Map<String, String> notes) {
        DataFrameWriter<Row> writer = rows.write()
                .format("hudi")
                .option("hoodie.table.name", table)
                .option("hoodie.datasource.write.operation", operation())
                .option("hoodie.datasource.write.commitmeta.key.prefix", BatchCommits.PREFIX)
                .option("hoodie.embed.timeline.server", "false")
                .option("hoodie.write.markers.type", "DIRECT")
                .option("hoodie.datasource.write.hive_style_partitioning", "true")
                .options(notes);
        if (!target.key().isEmpty()) {
            writer = writer.option("hoodie.datasource.write.recordkey.field", String.join(",", target.key()));
        }
        writer.mode(SaveMode.Append).save(path);
    }

    private String operation() {
        if (mode == Mode.COMPLETE) {
            return "insert_overwrite_table";
        }
        return target.key().isEmpty() ? "insert" : "upsert";
    }

    private CatalogTable requireTable(String stream, StructType rows) {
        ExternalCatalog catalog = session.sharedState().externalCatalog();
        if (!catalog.databaseExists(database) || !catalog.tableExists(database, table)) {
            create(rows);
        }
        CatalogTable entry = catalog.getTable(database, table);
        if (entry.properties().contains("tarn.source")) {
            throw refused(
                    stream,
                    "it mirrors " + entry.properties().apply("tarn.source")
                            + ", and Tarn's writer alone writes it. Name another table under output");
        }
        if (!entry.provider().exists(provider -> provider.equalsIgnoreCase("hudi"))) {
            throw refused(stream, "it is no table of Hudi. Name another table under output");
        }
        String key = entry.properties().contains("primaryKey")
                ? entry.properties().apply("primaryKey")
                : entry.storage().properties().getOrElse("primaryKey", () -> "");
        if (!key.equals(String.join(",", target.key()))) {
            throw refused(
                    stream,
                    "its key is '" + key + "', and output.key is '" + String.join(",", target.key())
                            + "'. Write the same, or name another table");
        }
        return entry;
    }

    private RefusedException refused(String stream, String reason) {
        return new RefusedException(
                400,
                "STREAM_TABLE",
                "Cannot start stream '" + stream + "' into table '" + target.table() + "': " + reason + ".");
    }

    private void create(StructType rows) {
        List<String> fields = new ArrayList<>();
        for (StructField field : rows.fields()) {
            fields.add("`" + field.name().replace("`", "``") + "` "
                    + field.dataType().sql());
        }
        session.sql("CREATE DATABASE IF NOT EXISTS `" + database + "`");
        String key = target.key().isEmpty() ? "" : ", primaryKey = '" + String.join(",", target.key()) + "'";
        session.sql("CREATE TABLE `" + database + "`.`" + table + "` (" + String.join(", ", fields)
                + ") USING hudi TBLPROPERTIES (type = 'cow'" + key + ")");
    }

    private static StructType withoutMeta(StructType schema) {
        return new StructType(Stream.of(schema.fields())
                .filter(field -> !field.name().startsWith("_hoodie_"))
                .map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
                .toArray(StructField[]::new));
    }
}
