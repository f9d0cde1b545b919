package dev.tarn.settings.source;

import dev.tarn.settings.read.Counts;
import dev.tarn.settings.read.Durations;
import dev.tarn.settings.read.Names;
import dev.tarn.settings.read.Place;
import dev.tarn.settings.read.ValueReader;
import dev.tarn.settings.read.YamlMap;
import dev.tarn.settings.read.YamlValue;
import dev.tarn.settings.source.TableFormat.Compression;
import dev.tarn.settings.source.TableFormat.History;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the entries under {@code tables:} of one source. */
final class TableReader {
    private static final TablePattern UNREAD = new TablePattern("unread", "unread");
    private static final Map<String, TableType> TYPES =
            Map.of("merge-on-read", TableType.MERGE_ON_READ, "copy-on-write", TableType.COPY_ON_WRITE);
    private static final Map<String, Deletes> DELETES = Map.of("hard", Deletes.HARD, "soft", Deletes.SOFT);

    private static final Map<String, Compression> COMPRESSIONS =
            Map.of("zstd", Compression.ZSTD, "snappy", Compression.SNAPPY);
    private static final Pattern COMMITS = Pattern.compile("(\\d+) commits");

    private final ValueReader values;
    private final LakeTables lakeTables;
    private final Map<TablePattern, Place> seen = new HashMap<>();

    TableReader(ValueReader values, LakeTables lakeTables) {
        this.values = values;
        this.lakeTables = lakeTables;
    }

    Optional<TableSettings> read(YamlValue entry) {
        if (!entry.isMap()) {
            entry.refuse("must hold entries such as - table: public.artists");
            return Optional.empty();
        }
        return entry.map(SourceKeys.TABLE).map(map -> read(entry, map));
    }

    private TableSettings read(YamlValue entry, YamlMap map) {
        TablePattern table = map.require(
                "table", UNREAD, "write it as schema.table", value -> values.text(value, UNREAD, TablePattern::parse));
        boolean isNew = !table.equals(UNREAD) && isNew(table, entry);
        String into = map.find("into").map(value -> into(value, table)).orElse(null);
        if (isNew && !table.isPattern()) {
            claim(entry, table, into);
        }
        return new TableSettings(
                table,
                map.read("key", List.of(), value -> values.texts(value, "[id]")),
                map.read("partition", List.of(), value -> values.texts(value, "[country]")),
                map.read("type", List.of(TableType.MERGE_ON_READ), this::types),
                map.read("deletes", Deletes.HARD, this::deletes),
                format(map),
                into);
    }

    private boolean isNew(TablePattern table, YamlValue entry) {
        Place first = seen.putIfAbsent(table, entry.place());
        if (first != null) {
            entry.problem("'" + table + "' is listed on line " + first.line() + " already");
        }
        return first == null;
    }

    private @Nullable String into(YamlValue value, TablePattern table) {
        if (table.isPattern()) {
            value.problem("into does not go with the pattern '" + table
                    + "', whose tables would all be one; give the table an entry of its own");
            return null;
        }
        return values.text(value, Optional.<String>empty(), text -> Optional.of(Names.lakeTable(text)))
                .orElse(null);
    }

    private void claim(YamlValue entry, TablePattern table, @Nullable String into) {
        if (into != null) {
            lakeTables.claim(into, entry);
            return;
        }
        try {
            lakeTables.claim(Names.lakeTable(table.table()), entry);
        } catch (IllegalArgumentException e) {
            entry.problem("'" + table.table() + "' cannot be the table's name in the lake, which " + e.getMessage()
                    + "; give it another one with into:");
        }
    }

    private List<TableType> types(YamlValue value) {
        String form = "must be merge-on-read, copy-on-write or a list of both";
        if (!value.isList()) {
            return List.of(values.word(value, TableType.MERGE_ON_READ, TYPES, form));
        }
        String example = "[merge-on-read, copy-on-write]";
        if (values.texts(value, example).isEmpty()) {
            value.refuse(form);
        }
        return value.list(example).stream()
                .map(item -> values.word(item, TableType.MERGE_ON_READ, TYPES, form))
                .distinct()
                .toList();
    }

    private TableFormat format(YamlMap map) {
        TableFormat otherwise = TableFormat.DEFAULT;
        return new TableFormat(
                map.read(
                        "version",
                        otherwise.version(),
                        value -> values.text(value, otherwise.version(), TableReader::version)),
                map.read(
                        "compression",
                        otherwise.compression(),
                        value -> values.word(value, Compression.ZSTD, COMPRESSIONS, "must be zstd or snappy")),
                map.read(
                        "history",
                        otherwise.history(),
                        value -> values.text(value, otherwise.history(), TableReader::history)));
    }

    private static int version(String text) {
        return switch (text) {
            case "6" -> 6;
            case "9" -> 9;
            default -> throw new IllegalArgumentException("must be 6 or 9");
        };
    }

    private static History history(String text) {
        Matcher commits = COMMITS.matcher(text);
        try {
            return commits.matches()
                    ? new TableFormat.Commits(Counts.parse(commits.group(1)))
                    : new TableFormat.Age(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be a number of commits such as 1000 commits, or a time such as 7 d", e);
        }
    }

    private Deletes deletes(YamlValue value) {
        return values.word(value, Deletes.HARD, DELETES, "must be hard or soft");
    }
}
