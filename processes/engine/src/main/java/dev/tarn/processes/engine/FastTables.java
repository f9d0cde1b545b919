package dev.tarn.processes.engine;

import dev.tarn.processes.engine.duckdb.FastEngine;
import dev.tarn.processes.engine.duckdb.NotFastException;
import dev.tarn.processes.engine.hudi.FileGroupFiles;
import dev.tarn.processes.engine.hudi.HudiTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;

/** Tables whose rows lie in base files alone: copy-on-write ones, merged ones, and views of what is merged. */
final class FastTables implements FastEngine.Tables {
    private final LakeTables tables;

    FastTables(LakeTables tables) {
        this.tables = tables;
    }

    @Override
    public List<String> files(CatalogTable table) throws NotFastException {
        String name = table.identifier().unquotedString();
        if (!"hudi".equals(table.provider().getOrElse(() -> ""))) {
            throw new NotFastException("'" + name + "' is no Hudi table");
        }
        Path folder = new Path(table.location());
        String scheme = folder.toUri().getScheme();
        if (scheme != null && !scheme.equals("file")) {
            throw new NotFastException("the files of '" + name + "' are not on this machine");
        }
        boolean mergedOnly =
                "true".equals(table.storage().properties().getOrElse("hoodie.query.as.ro.table", () -> ""));
        String root = folder.toUri().getPath();
        HudiTable hudi = HudiTable.open(root, tables.hadoop());
        if (hudi.namesColumnsByNumber()) {
            throw new NotFastException("columns of '" + name + "' were changed by SQL");
        }
        List<String> paths = new ArrayList<>();
        for (FileGroupFiles group : tables.files(root, hudi).groups()) {
            if (group.logFiles() > 0 && !mergedOnly) {
                throw new NotFastException("'" + name + "' has changes in logs that are not merged yet");
            }
            FileGroupFiles.BaseFile file = group.baseFile();
            if (file != null) {
                paths.add(root + (group.partition().isEmpty() ? "" : "/" + group.partition()) + "/" + file.name());
            }
        }
        return paths;
    }
}
