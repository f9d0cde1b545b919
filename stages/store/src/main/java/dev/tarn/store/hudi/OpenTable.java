package dev.tarn.store.hudi;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.Columns;
import dev.tarn.store.TableDescription;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hudi.common.table.HoodieTableConfig;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.TableSchemaResolver;

/** Finds or makes the table on storage, and refuses one that is not as described. */
final class OpenTable {
    private OpenTable() {}

    static HoodieTableMetaClient loadOrCreate(TableDescription table, HudiSettings settings) throws IOException {
        if (!settings.tableExists()) {
            settings.create();
        }
        HoodieTableMetaClient client = settings.load();
        HoodieTableConfig found = client.getTableConfig();
        check(table, "type", found.getTableType().name(), table.type().name());
        check(
                table,
                "version",
                found.getTableVersion().versionCode(),
                table.version().number());
        check(table, "key", list(found.getRecordKeyFields().orElse(new String[0])), table.keyColumns());
        check(table, "partition", list(found.getPartitionFields().orElse(new String[0])), table.partitionColumns());
        return client;
    }

    private static List<String> list(String[] names) {
        return Arrays.stream(names).filter(name -> !name.isEmpty()).toList();
    }

    private static void check(TableDescription table, String what, Object found, Object wanted) {
        if (!found.equals(wanted)) {
            throw new TarnException(
                    ErrorKind.USER,
                    "STORE_TABLE_DIFFERS",
                    "Cannot write table '" + table.fullName() + "': its " + what + " is " + found + " in '"
                            + table.location() + "' and " + wanted
                            + " in the settings. Correct the settings, or give the table another location.");
        }
    }

    /** The columns of the table as its newest commit has them; none before the first. */
    static Columns columns(HoodieTableMetaClient client) throws Exception {
        if (client.getActiveTimeline()
                .getCommitsTimeline()
                .filterCompletedInstants()
                .empty()) {
            return Columns.of();
        }
        return AvroColumns.fromAvro(
                new TableSchemaResolver(client).getTableSchema(false).toAvroSchema());
    }
}
