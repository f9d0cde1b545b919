package dev.tarn.processes.engine;

import dev.tarn.processes.engine.duckdb.FastEngine;
import dev.tarn.processes.engine.duckdb.NotFastException;
import dev.tarn.processes.engine.duckdb.TableParquet;
import dev.tarn.processes.engine.hudi.FileGroupFiles;
import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.TableSnapshot;
import dev.tarn.processes.engine.hudi.TableSnapshots;
import dev.tarn.processes.engine.merged.MergedSlices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.HoodieSchemaConversionUtils;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lake's tables on this machine as Parquet files: base files, and slices whose logs are merged. */
final class FastTables {
    private static final Logger LOG = LoggerFactory.getLogger(FastTables.class);

    private final LakeTables tables;
    private final MergedSlices merged;
    private final TableSnapshots snapshots = new TableSnapshots();

    FastTables(LakeTables tables, MergedSlices merged) {
        this.tables = tables;
        this.merged = merged;
    }

    /** The tables, for a query for which at most so much is merged anew. */
    FastEngine.Tables merging(long mostBytes) {
        return (table, instant, isCancelled) -> open(table, instant, mostBytes, isCancelled);
    }

    private TableParquet open(CatalogTable table, @Nullable String instant, long mostBytes, BooleanSupplier isCancelled)
            throws NotFastException {
        String name = table.identifier().unquotedString();
        if (!"hudi".equals(table.provider().getOrElse(() -> ""))) {
            throw new NotFastException("'" + name + "' is no Hudi table");
        }
        Path folder = new Path(table.location());
        String scheme = folder.toUri().getScheme();
        if (scheme != null && !scheme.equals("file")) {
            throw new NotFastException("the files of '" + name + "' are not on this machine");
        }
        String root = folder.toUri().getPath();
        HudiTable hudi = open(name, root);
        if (hudi.namesColumnsByNumber()) {
            throw new NotFastException("columns of '" + name + "' were changed by SQL");
        }
        boolean mergedOnly =
                "true".equals(table.storage().properties().getOrElse("hoodie.query.as.ro.table", () -> ""));
        if (!mergedOnly) {
            return snapshot(name, root, find(name, hudi, instant), mostBytes, isCancelled);
        } else if (instant != null) {
            throw new NotFastException("'" + name + "' shows what is merged, and is asked for a moment of the past");
        }
        return new TableParquet(baseFiles(root, hudi), List.of(), List.of(), StructType::new, () -> {});
    }

    private List<String> baseFiles(String root, HudiTable hudi) {
        List<String> paths = new ArrayList<>();
        for (FileGroupFiles group : tables.files(root, hudi).groups()) {
            FileGroupFiles.BaseFile file = group.baseFile();
            if (file != null) {
                paths.add(path(root, group.partition(), file.name()));
            }
        }
        return paths;
    }

    private TableParquet snapshot(
            String name, String root, TableSnapshot snapshot, long mostBytes, BooleanSupplier isCancelled)
            throws NotFastException {
        if (snapshot.client().getTableConfig().shouldDropPartitionColumns()) {
            throw new NotFastException("the files of '" + name + "' lack the columns by which it is partitioned");
        }
        List<String> base = new ArrayList<>();
        for (TableSnapshot.Slice slice : snapshot.slices()) {
            String path = basePath(root, slice);
            if (!slice.hasLogs() && path != null) {
                base.add(path);
            }
        }
        try {
            MergedSlices.Merged files = merged.open(snapshot, mostBytes, isCancelled);
            return new TableParquet(
                    base,
                    files.whole().stream().map(java.nio.file.Path::toString).toList(),
                    files.changes().stream()
                            .map(changes -> new TableParquet.Changed(
                                    basePath(root, changes.slice()),
                                    changes.file().toString()))
                            .toList(),
                    () -> columns(snapshot),
                    files::close);
        } catch (IOException | RuntimeException e) { // Hudi's are of many kinds, and none is checked.
            LOG.info("The logs of {} are not merged: {}", name, e.getMessage(), e.getCause());
            throw new NotFastException("the logs of '" + name + "' cannot be merged: " + firstLine(e));
        }
    }

    /** None where Hudi cannot say, as for a table without commits. */
    private static StructType columns(TableSnapshot snapshot) {
        try {
            return HoodieSchemaConversionUtils.convertHoodieSchemaToStructType(snapshot.schema());
        } catch (RuntimeException e) { // Hudi's are of many kinds, and none is checked.
            return new StructType();
        }
    }

    private static @Nullable String basePath(String root, TableSnapshot.Slice slice) {
        return slice.files()
                .getBaseFile()
                .map(file -> path(root, slice.files().getPartitionPath(), file.getFileName()))
                .orElse(null);
    }

    private HudiTable open(String name, String root) throws NotFastException {
        try {
            return HudiTable.open(root, tables.hadoop());
        } catch (RuntimeException e) { // Hudi's, which Spark then says in its own way.
            throw new NotFastException("'" + name + "' cannot be opened: " + firstLine(e));
        }
    }

    private TableSnapshot find(String name, HudiTable hudi, @Nullable String instant) throws NotFastException {
        try {
            return snapshots.find(hudi, instant);
        } catch (RuntimeException e) { // Hudi's, which Spark then says in its own way.
            LOG.info("The files of {} cannot be listed", name, e);
            throw new NotFastException("the files of '" + name + "' cannot be listed: " + firstLine(e));
        }
    }

    private static String firstLine(Exception fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
    }

    private static String path(String root, String partition, String file) {
        return root + (partition.isEmpty() ? "" : "/" + partition) + "/" + file;
    }
}
