package dev.tarn.processes.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import scala.collection.JavaConverters;

/**
 * All names of the catalog, for completion and for those who have mistyped one.
 *
 * @param tables views too
 */
record CatalogNames(List<String> databases, List<TableColumns> tables) {
    CatalogNames {
        databases = List.copyOf(databases);
        tables = List.copyOf(tables);
    }

    record TableColumns(String database, String table, List<String> columns) {}

    static CatalogNames of(SparkSession session) {
        ExternalCatalog catalog = session.sharedState().externalCatalog();
        List<String> databases = JavaConverters.seqAsJavaList(catalog.listDatabases());
        List<TableColumns> tables = new ArrayList<>();
        for (String database : databases) {
            for (CatalogTable entry :
                    JavaConverters.seqAsJavaList(catalog.getTablesByName(database, catalog.listTables(database)))) {
                tables.add(new TableColumns(
                        database,
                        entry.identifier().table(),
                        List.of(entry.schema().fieldNames())));
            }
        }
        return new CatalogNames(databases, tables);
    }

    /** The table whose name has the fewest letters to change, if they are few, or the same name elsewhere. */
    Optional<String> nearestTable(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String table = wanted.substring(wanted.lastIndexOf('.') + 1);
        return tables.stream()
                .map(each -> new Near(
                        each.database() + "." + each.table(),
                        each.table().equals(table)
                                ? 0
                                : letters(
                                        wanted,
                                        wanted.contains(".") ? each.database() + "." + each.table() : each.table())))
                .filter(near -> near.letters() <= Math.max(2, table.length() / 3))
                .min(Comparator.comparingInt(Near::letters))
                .map(Near::name);
    }

    private record Near(String name, int letters) {}

    private static int letters(String one, String other) {
        return LevenshteinDistance.getDefaultInstance().apply(one, other);
    }
}
