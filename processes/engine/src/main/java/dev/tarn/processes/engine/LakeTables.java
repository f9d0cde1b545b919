package dev.tarn.processes.engine;

import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.TableFiles;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The Hudi tables of the catalog, of Tarn's sink and of the lake's own, and what lies on storage for each. */
final class LakeTables {
    private static final String SOURCE = "tarn.source";

    private final SparkSession session;
    // Listing a table's folders takes most of the time of a status, and says the same until the next commit.
    private final Map<String, SeenFiles> filesByPath = new ConcurrentHashMap<>();

    private record SeenFiles(String state, TableFiles files) {}

    LakeTables(SparkSession session) {
        this.session = session;
    }

    SparkSession session() {
        return session;
    }

    Configuration hadoop() {
        return session.sparkContext().hadoopConfiguration();
    }

    /** All of them, by name. The entries that a merge-on-read table has are one table with views. */
    List<CatalogTable> list() {
        Map<String, List<org.apache.spark.sql.catalyst.catalog.CatalogTable>> byPath = new LinkedHashMap<>();
        ExternalCatalog catalog = session.sharedState().externalCatalog();
        for (String database : list(catalog.listDatabases())) {
            for (var entry : list(catalog.getTablesByName(database, catalog.listTables(database)))) {
                if (isTable(entry)) {
                    byPath.computeIfAbsent(database + " " + entry.location(), path -> new ArrayList<>())
                            .add(entry);
                }
            }
        }
        return byPath.values().stream()
                .map(LakeTables::merge)
                .sorted(Comparator.comparing(CatalogTable::fullName))
                .toList();
    }

    /** Those of the sink, and the lake's own, which SQL made. */
    private static boolean isTable(org.apache.spark.sql.catalyst.catalog.CatalogTable entry) {
        boolean hudi = entry.provider().exists(provider -> provider.equalsIgnoreCase("hudi"));
        return (hudi || entry.properties().contains(SOURCE))
                && entry.storage().locationUri().isDefined();
    }

    private static CatalogTable merge(List<org.apache.spark.sql.catalyst.catalog.CatalogTable> entries) {
        entries.sort(Comparator.comparing(entry -> entry.identifier().table()));
        // The shortest name comes first: T, T_ro, T_rt.
        var entry = entries.get(0);
        Map<String, String> properties = JavaConverters.mapAsJavaMap(entry.properties());
        return new CatalogTable(
                entry.database(),
                entry.identifier().table(),
                properties.getOrDefault("type", "cow"),
                new Path(entry.location()).toString().replaceFirst("^file:/+", "/"),
                properties.getOrDefault(SOURCE, ""),
                entries.stream().map(each -> each.identifier().table()).toList(),
                list(entry.partitionColumnNames()),
                entry.schema());
    }

    private static <T> List<T> list(Seq<T> seq) {
        return JavaConverters.seqAsJavaList(seq);
    }

    /** The table of this name, or one that can be read under it. */
    CatalogTable load(String database, String name) {
        return list().stream()
                .filter(table ->
                        table.database().equals(database) && table.views().contains(name))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        404,
                        "TABLE_UNKNOWN",
                        "Cannot find table '" + database + "." + name + "' in the lake's catalog. 'tarn table list'"
                                + " shows the tables."));
    }

    HudiTable open(CatalogTable table) {
        return HudiTable.open(table.path(), hadoop());
    }

    /** What lies on storage for a table. One that cannot be read says so and keeps the others readable. */
    TableStatus status(CatalogTable table) {
        try {
            HudiTable hudi = open(table);
            return TableStatus.of(table, hudi, files(table, hudi));
        } catch (RuntimeException e) { // Hudi's and Hadoop's own; none is checked.
            return TableStatus.broken(table, ErrorText.of(e, ""));
        }
    }

    TableFiles files(CatalogTable table, HudiTable hudi) {
        return files(table.path(), hudi);
    }

    /** @param path of the table's folder, without a scheme where it is on this machine */
    TableFiles files(String path, HudiTable hudi) {
        SeenFiles seen = filesByPath.get(path);
        if (seen == null || !seen.state().equals(hudi.state())) {
            seen = new SeenFiles(hudi.state(), hudi.files());
            filesByPath.put(path, seen);
        }
        return seen.files();
    }
}
