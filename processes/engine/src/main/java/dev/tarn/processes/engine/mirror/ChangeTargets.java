package dev.tarn.processes.engine.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.ResolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.ResolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.ResolvedTable;
import org.apache.spark.sql.catalyst.catalog.CatalogStorageFormat;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.HoodieCatalogTable;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.plans.logical.DropNamespace;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.execution.command.DropDatabaseCommand;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.hudi.command.CallProcedureHoodieCommand;
import scala.Option;
import scala.Product;
import scala.collection.Iterator;
import scala.collection.JavaConverters;

/**
 * What a command would change. Commands are case classes, of Spark and of Hudi: the first table that one names is what
 * it changes, and a query that it reads comes after that.
 *
 * @param tables by their names
 * @param databases that would be dropped
 * @param paths of folders
 * @param texts that may be the name of a table
 */
record ChangeTargets(List<TableIdentifier> tables, List<String> databases, List<String> paths, List<String> texts) {
    /** Commands that change no rows, by how their names begin; {@code AnalyzeTable…} counts rows. */
    private static final List<String> READING = List.of("Show", "Describe", "Analyze", "CompactionShow");

    private static final Set<String> READING_NAMES = Set.of(
            "AlterViewAsCommand",
            "CacheTable",
            "CacheTableAsSelect",
            "CreateViewCommand",
            "ExplainCommand",
            "RefreshResource",
            "RefreshTable",
            "RefreshTableCommand",
            "SetCommand",
            "UncacheTable");

    /** Hudi's procedures that change nothing, by how their classes' names begin. */
    private static final List<String> READING_PROCEDURES =
            List.of("Show", "Stats", "Help", "Validate", "CommitsCompare", "CopyToTempView");

    static ChangeTargets of(LogicalPlan command) {
        ChangeTargets targets =
                new ChangeTargets(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        String name = command.getClass().getSimpleName();
        if (command instanceof CallProcedureHoodieCommand call) {
            targets.addProcedure(call);
        } else if (command instanceof DropDatabaseCommand drop) {
            targets.databases.add(drop.databaseName());
        } else if (command instanceof DropNamespace drop && drop.namespace() instanceof ResolvedNamespace database) {
            targets.databases.add(database.namespace().last());
        } else if (!READING_NAMES.contains(name) && READING.stream().noneMatch(name::startsWith)) {
            targets.addFields(command);
        }
        return targets;
    }

    boolean isEmpty() {
        return tables.isEmpty() && databases.isEmpty() && paths.isEmpty() && texts.isEmpty();
    }

    private void addProcedure(CallProcedureHoodieCommand call) {
        String name = call.procedure().getClass().getSimpleName();
        if (READING_PROCEDURES.stream().anyMatch(name::startsWith)) {
            return;
        }
        if (call.args().internalRow() instanceof GenericInternalRow row) {
            for (Object value : row.values()) {
                if (value != null && !(value instanceof Number) && !(value instanceof Boolean)) {
                    addText(value.toString());
                }
            }
        }
    }

    private void addText(String text) {
        if (isPath(text)) {
            paths.add(text);
        } else {
            texts.add(text);
        }
    }

    private static boolean isPath(String text) {
        return text.startsWith("/") || text.toLowerCase(Locale.ROOT).matches("[a-z0-9]+:/.*");
    }

    private void addFields(LogicalPlan command) {
        List<LogicalPlan> plans = new ArrayList<>();
        Iterator<Object> fields = ((Product) command).productIterator();
        while (fields.hasNext()) {
            Object field = fields.next();
            if (field instanceof Option<?> option && option.isDefined()) {
                field = option.get();
            }
            if (field instanceof LogicalPlan plan) {
                plans.add(plan);
            } else {
                addField(field);
            }
        }
        if (tables.isEmpty() && !plans.isEmpty()) {
            addRelation(plans.get(0));
        }
    }

    private void addField(Object field) {
        if (field instanceof TableIdentifier name) {
            addTable(name);
        } else if (field instanceof CatalogTable table) {
            addTable(table.identifier());
            MirroredTables.pathOf(table).ifPresent(paths::add);
        } else if (field instanceof HoodieCatalogTable table) {
            addField(table.table());
        } else if (field instanceof CatalogStorageFormat storage
                && storage.locationUri().isDefined()) {
            paths.add(String.valueOf(storage.locationUri().get()));
        } else if (field instanceof Path path) {
            paths.add(path.toString());
        } else if (field instanceof String text && isPath(text)) {
            paths.add(text);
        }
    }

    /** Of several names, as in {@code CREATE TABLE a LIKE b}, the first is changed. */
    private void addTable(TableIdentifier name) {
        if (tables.isEmpty()) {
            tables.add(name);
        }
    }

    /** The table of {@code INSERT}, {@code UPDATE} and the like, below whatever alias it has. */
    private void addRelation(LogicalPlan plan) {
        if (plan instanceof LogicalRelation relation) {
            if (relation.catalogTable().isDefined()) {
                addField(relation.catalogTable().get());
            } else if (relation.relation() instanceof HadoopFsRelation files) {
                JavaConverters.seqAsJavaList(files.location().rootPaths()).forEach(path -> paths.add(path.toString()));
            }
        } else if (plan instanceof DataSourceV2Relation relation
                && relation.identifier().isDefined()) {
            addName(relation.identifier().get());
        } else if (plan instanceof ResolvedTable table) {
            addName(table.identifier());
        } else if (plan instanceof ResolvedIdentifier identifier) {
            addName(identifier.identifier());
        } else if (!plan.children().isEmpty()) {
            addRelation(plan.children().head());
        }
    }

    private void addName(Identifier name) {
        String[] namespace = name.namespace();
        addTable(
                namespace.length == 0
                        ? new TableIdentifier(name.name())
                        : new TableIdentifier(name.name(), Option.apply(namespace[namespace.length - 1])));
    }
}
