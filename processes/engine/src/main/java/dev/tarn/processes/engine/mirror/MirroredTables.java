package dev.tarn.processes.engine.mirror;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.parser.ParseException;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The entries of the catalog that mirror a source, as they are now, and where their rows lie. */
final class MirroredTables {
    /** The property by which the sink marks its tables. */
    private static final String SOURCE = "tarn.source";

    private final SparkSession session;
    private final List<Mirror> mirrors;

    /**
     * One entry.
     *
     * @param path of its folder, with a slash at its end
     */
    record Mirror(String database, String table, String path, String source) {
        String name() {
            return database + "." + table;
        }
    }

    private MirroredTables(SparkSession session, List<Mirror> mirrors) {
        this.session = session;
        this.mirrors = mirrors;
    }

    static MirroredTables of(SparkSession session) {
        ExternalCatalog catalog = session.sharedState().externalCatalog();
        List<Mirror> mirrors = new ArrayList<>();
        for (String database : list(catalog.listDatabases())) {
            for (CatalogTable entry : list(catalog.getTablesByName(database, catalog.listTables(database)))) {
                if (entry.properties().contains(SOURCE)) {
                    mirrors.add(new Mirror(
                            database,
                            entry.identifier().table(),
                            pathOf(entry).orElse(""),
                            entry.properties().apply(SOURCE)));
                }
            }
        }
        return new MirroredTables(session, mirrors);
    }

    Optional<Mirror> find(TableIdentifier name) {
        SessionCatalog catalog = session.sessionState().catalog();
        if (catalog.isTempView(name)) {
            return Optional.empty();
        }
        String database = name.database().getOrElse(catalog::getCurrentDatabase);
        return mirrors.stream()
                .filter(mirror -> mirror.database().equalsIgnoreCase(database)
                        && mirror.table().equalsIgnoreCase(name.table()))
                .findFirst();
    }

    /** By a text that may be the name of a table, or several with commas between. */
    Optional<Mirror> findNamed(String text) {
        return Stream.of(text.split(",", -1))
                .map(this::parse)
                .flatMap(Optional::stream)
                .map(this::find)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<TableIdentifier> parse(String name) {
        try {
            return Optional.of(session.sessionState().sqlParser().parseTableIdentifier(name.strip()));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** One whose folder is this one, lies in it or holds it. */
    Optional<Mirror> findAt(String path) {
        String folder = normal(path);
        return mirrors.stream()
                .filter(mirror -> !mirror.path().isEmpty()
                        && (mirror.path().startsWith(folder) || folder.startsWith(mirror.path())))
                .findFirst();
    }

    /** One that would go with a database. */
    Optional<Mirror> findIn(String database) {
        Optional<Mirror> inside = mirrors.stream()
                .filter(mirror -> mirror.database().equals(database.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparing(Mirror::name));
        ExternalCatalog catalog = session.sharedState().externalCatalog();
        // The metastore deletes a database's folder with all that is in it.
        return inside.isPresent() || !catalog.databaseExists(database)
                ? inside
                : findAt(catalog.getDatabase(database).locationUri().toString());
    }

    /** The folder of a table; empty for one that does not exist, or is a view. */
    Optional<String> pathOf(TableIdentifier name) {
        SessionCatalog catalog = session.sessionState().catalog();
        ExternalCatalog external = session.sharedState().externalCatalog();
        String database = name.database().getOrElse(catalog::getCurrentDatabase);
        return catalog.isTempView(name) || !external.tableExists(database, name.table())
                ? Optional.empty()
                : pathOf(external.getTable(database, name.table()));
    }

    static Optional<String> pathOf(CatalogTable table) {
        return table.storage().locationUri().isDefined()
                ? Optional.of(normal(table.storage().locationUri().get().toString()))
                : Optional.empty();
    }

    private static String normal(String path) {
        return path.isBlank()
                ? ""
                : new Path(path).toString().replaceFirst("^file:/+", "/").replaceFirst("/+$", "") + "/";
    }

    private static <T> List<T> list(Seq<T> seq) {
        return JavaConverters.seqAsJavaList(seq);
    }
}
