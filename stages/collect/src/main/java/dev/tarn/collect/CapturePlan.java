package dev.tarn.collect;

import dev.tarn.model.FieldNames;
import dev.tarn.settings.read.Names;
import dev.tarn.settings.source.PostgresSettings.EmbeddedPostgres;
import dev.tarn.settings.source.SourceSettings;
import dev.tarn.settings.source.TablePattern;
import dev.tarn.settings.source.TableSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which tables of one database flow into the lake.
 *
 * @param tables in the order of their names
 * @param missing entries of the settings for which there is no table yet; the source waits for them
 * @param problems what keeps the source from running, each a sentence with its next step
 */
public record CapturePlan(List<CapturedTable> tables, List<TablePattern> missing, List<String> problems) {
    private static final String COLUMN_EXCLUDE = "column.exclude.list";

    /** What the lake, Debezium and Hudi call columns of their own, in lower case: in the lake, case does not count. */
    private static final Set<String> RESERVED = Set.of(
            "__op",
            "__db",
            "__table",
            "__schema",
            "__lsn",
            "__source_ts_ms",
            "__deleted",
            "_hoodie_commit_time",
            "_hoodie_commit_seqno",
            "_hoodie_record_key",
            "_hoodie_partition_path",
            "_hoodie_file_name",
            "_hoodie_operation",
            "_hoodie_is_deleted");

    public CapturePlan {
        tables = List.copyOf(tables);
        missing = List.copyOf(missing);
        problems = List.copyOf(problems);
    }

    /** Decides from the settings and from what the database has now. */
    public static CapturePlan of(SourceSettings source, DatabaseView database) {
        List<String> problems = new ArrayList<>(database.problems());
        List<CapturedTable> captured = new ArrayList<>();
        for (SourceTable table : database.tables()) {
            source.find(table.schema(), table.name())
                    .ifPresent(settings -> captured.add(new CapturedTable(table, settings)));
        }
        List<TablePattern> missing = new ArrayList<>();
        for (TableSettings entry : source.tables()) {
            if (captured.stream().noneMatch(each -> each.settings() == entry)) {
                noTable(source, entry, database, captured.isEmpty(), missing, problems);
            }
        }
        List<Pattern> left = leftOut(source, problems);
        captured.forEach(table -> problems.addAll(problemsOf(table, source.name(), left)));
        return new CapturePlan(captured, missing, problems);
    }

    // An embedded database starts empty, and the tables come later: that is no mistake.
    private static void noTable(
            SourceSettings source,
            TableSettings entry,
            DatabaseView database,
            boolean noneCaptured,
            List<TablePattern> missing,
            List<String> problems) {
        boolean onlyPatterns =
                source.tables().stream().allMatch(each -> each.table().isPattern());
        boolean shadowed = entry.table().isPattern()
                && database.tables().stream().anyMatch(table -> entry.table().matches(table.schema(), table.name()));
        if (shadowed) {
            return;
        }
        if (source.postgres() instanceof EmbeddedPostgres) {
            // A pattern may have no table today; only a source of nothing but patterns waits for one.
            if (!entry.table().isPattern() || onlyPatterns && noneCaptured) {
                missing.add(entry.table());
            }
            return;
        }
        List<String> known =
                database.tables().stream().map(SourceTable::fullName).toList();
        problems.add("there is no table '" + entry.table() + "' in the database"
                + Nearest.advice(entry.table().toString(), known, "it has"));
    }

    private static List<Pattern> leftOut(SourceSettings source, List<String> problems) {
        List<Pattern> patterns = new ArrayList<>();
        for (String text :
                source.options().reveal().getOrDefault(COLUMN_EXCLUDE, "").split(",", -1)) {
            try {
                patterns.add(Pattern.compile(text.strip(), Pattern.CASE_INSENSITIVE));
            } catch (PatternSyntaxException e) {
                problems.add("option '" + COLUMN_EXCLUDE + "' holds '" + text
                        + "', which is no regular expression. Correct it in sources/" + source.name() + ".yaml.");
            }
        }
        return patterns;
    }

    private static List<String> problemsOf(CapturedTable captured, String source, List<Pattern> left) {
        SourceTable table = captured.table();
        String name = "table '" + table.fullName() + "'";
        List<String> problems = new ArrayList<>();
        if (!table.readable()) {
            problems.add(
                    name + " may not be read by the source's user. GRANT SELECT ON " + table.fullName() + " to it.");
        }
        if (table.hidesRows()) {
            problems.add(name
                    + " hides rows from the source's user by row security, so that a copy would lack them. Have a"
                    + " superuser run ALTER ROLE … BYPASSRLS for that user, or take the table out of sources/" + source
                    + ".yaml.");
        }
        List<String> columns = table.columnNames();
        unknownColumns("key", captured.settings().key(), columns, name, problems);
        unknownColumns("partition", captured.settings().partition(), columns, name, problems);
        if (captured.key().isEmpty()) {
            problems.add(
                    name + " has no primary key. Give it one, or name the columns that tell its rows apart with key:"
                            + " in sources/" + source + ".yaml.");
        } else if (columns.containsAll(captured.key()) && !table.identity().containsAll(captured.key())) {
            problems.add(name + " does not tell its key " + captured.key()
                    + " when a row is updated or deleted. Run: ALTER TABLE " + table.fullName()
                    + " REPLICA IDENTITY FULL.");
        }
        columnProblems(table, source, left, problems);
        for (LakeTable lakeTable : captured.lakeTables()) {
            try {
                Names.lakeTable(lakeTable.name());
            } catch (IllegalArgumentException e) {
                problems.add(name + " cannot be called '" + lakeTable.name() + "' in the lake: a table's name "
                        + e.getMessage() + ". Give it an entry of its own with into: in sources/" + source + ".yaml.");
            }
        }
        return problems;
    }

    private static void columnProblems(SourceTable table, String source, List<Pattern> left, List<String> problems) {
        Map<String, String> fields = new HashMap<>();
        for (SourceColumn column : table.columns()) {
            String full = table.fullName() + "." + column.name();
            if (left.stream().anyMatch(pattern -> pattern.matcher(full).matches())) {
                continue;
            }
            String leaveOut = "leave the column out with options: {column.exclude.list: \"" + full + "\"} in sources/"
                    + source + ".yaml.";
            if (column.generated()) {
                problems.add("column '" + full
                        + "' is generated, and changes come without such columns: it would be right in"
                        + " the first copy and null after a change. To take the table, " + leaveOut);
            } else if (column.obstacle() != null) {
                problems.add("column '" + full + "' has type " + column.type() + ", " + column.obstacle()
                        + ". Change the type, or " + leaveOut);
            }
            String field = FieldNames.field(column.name());
            if (RESERVED.contains(field.toLowerCase(Locale.ROOT))) {
                problems.add("column '" + full
                        + "' has a name that the lake keeps for columns of its own. Rename it, or " + leaveOut);
            }
            String other = fields.putIfAbsent(field.toLowerCase(Locale.ROOT), column.name());
            if (other != null) {
                problems.add("table '" + table.fullName() + "' has columns '" + other + "' and '" + column.name()
                        + "', which would both be '" + field + "' in the lake"
                        + (FieldNames.field(other).equals(field) ? "" : ", where case does not count")
                        + ". Rename one of them, or leave one out with options: {column.exclude.list: \"" + full
                        + "\"} in sources/" + source + ".yaml.");
            }
        }
    }

    private static void unknownColumns(
            String setting, List<String> named, List<String> columns, String table, List<String> problems) {
        for (String column : named) {
            if (!columns.contains(column)) {
                problems.add(table + " has no column '" + column + "' for " + setting + ":"
                        + Nearest.advice(column, columns, "it has"));
            }
        }
    }
}
