package dev.tarn.cli.server;

import dev.tarn.cli.lake.LakeLocation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The past of a running lake's tables. What the engine refuses is a {@link ServerFailure}. */
public final class LakeHistory {
    private final ServerClient server;

    private LakeHistory(ServerClient server) {
        this.server = server;
    }

    /** The tables of a lake that must run. */
    public static LakeHistory of(LakeLocation lake) {
        return new LakeHistory(ServerClient.of(lake));
    }

    /** Whether the changes that raw objects hold are read, too. */
    public enum Source {
        TABLE,
        TABLE_AND_RAW_OBJECTS
    }

    /**
     * The versions of a row.
     *
     * @param key its values in order; null where they are given by name
     * @param named values by key column
     * @param limit how many versions at most, from the newest
     */
    public RowHistory row(TableNames table, @Nullable String key, Map<String, String> named, int limit, Source source) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (key != null) {
            parameters.put("key", key);
        }
        named.forEach((column, value) -> parameters.put("column." + column, value));
        parameters.put("limit", Integer.toString(limit));
        if (source == Source.TABLE_AND_RAW_OBJECTS) {
            parameters.put("every", "true");
        }
        String what = "see the history of a row of table '" + table.fullName() + "'";
        return server.ask(what, "GET", address(table, "history", parameters), "", RowHistory::parse);
    }

    /**
     * What differs between two moments.
     *
     * @param to null for the table as it is
     * @param columns to compare; empty for all
     * @param limit how many rows to tell; 0 for the counts alone
     */
    public TableDiff diff(TableNames table, String from, @Nullable String to, List<String> columns, int limit) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("from", from);
        if (to != null) {
            parameters.put("to", to);
        }
        parameters.put("limit", Integer.toString(limit));
        if (!columns.isEmpty()) {
            parameters.put("columns", String.join(",", columns));
        }
        String what = "compare table '" + table.fullName() + "' with its past";
        return server.ask(what, "GET", address(table, "diff", parameters), "", TableDiff::parse);
    }

    /**
     * The rows that changed between two moments.
     *
     * @param until null for the table as it is
     * @param limit how many rows to tell; 0 for the counts alone
     */
    public TableChanges changes(TableNames table, String since, @Nullable String until, int limit) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("since", since);
        if (until != null) {
            parameters.put("until", until);
        }
        parameters.put("limit", Integer.toString(limit));
        String what = "see what changed in table '" + table.fullName() + "'";
        return server.ask(what, "GET", address(table, "changes", parameters), "", TableChanges::parse);
    }

    private static String address(TableNames table, String page, Map<String, String> parameters) {
        return LakeTables.path(table) + "/" + page + "?"
                + parameters.entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
