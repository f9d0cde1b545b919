package dev.tarn.processes.engine;

import dev.tarn.processes.engine.duckdb.FastEngine;
import dev.tarn.processes.engine.duckdb.NotFastException;
import dev.tarn.processes.engine.hudi.FileGroupFiles;
import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.TableFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;

/** Tables whose rows lie in base files alone: copy-on-write ones, merged ones, and views of what is merged. */
final class FastTables implements FastEngine.Tables {
    private final Configuration hadoop;
    // Listing a table's folders says the same until its next commit.
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(String state, TableFiles files) {}

    FastTables(Configuration hadoop) {
        this.hadoop = hadoop;
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
        List<String> paths = new ArrayList<>();
        for (FileGroupFiles group : newest(root).groups()) {
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

    private TableFiles newest(String path) {
        HudiTable table = HudiTable.open(path, hadoop);
        Seen known = seen.get(path);
        if (known == null || !known.state().equals(table.state())) {
            known = new Seen(table.state(), table.files());
            seen.put(path, known);
        }
        return known.files();
    }
}
