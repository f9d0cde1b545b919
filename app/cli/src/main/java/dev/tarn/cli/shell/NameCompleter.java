package dev.tarn.cli.shell;

import dev.tarn.cli.server.CatalogNames;
import dev.tarn.cli.server.ServerFailure;
import dev.tarn.model.TarnException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/** Offers keywords, databases, tables and columns: those of the tables that the statement names, or else of all. */
final class NameCompleter implements Completer {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final List<String> KEYWORDS = List.of(
            ("ALTER ANALYZE AND ANTI AS ASC BETWEEN BY CALL CASE CAST COLUMN COLUMNS COMMENT CREATE CROSS DATABASE"
                            + " DATABASES DELETE DESC DESCRIBE DISTINCT DROP ELSE END EXCEPT EXISTS EXPLAIN EXTENDED FALSE"
                            + " FROM FULL GROUP HAVING IF IN INNER INSERT INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT LIKE"
                            + " LIMIT LOCATION MATCHED MERGE NOT NULL OF OFFSET ON OR ORDER OUTER OVER OVERWRITE PARTITION"
                            + " PARTITIONED PARTITIONS REFRESH REPLACE RIGHT SELECT SEMI SET SHOW TABLE TABLES TBLPROPERTIES"
                            + " TEMPORARY THEN TIMESTAMP TRUE TRUNCATE UNION UPDATE USE USING VALUES VERSION VIEW WHEN WHERE"
                            + " WITH")
                    .split(" "));

    private final Supplier<CatalogNames> load;
    private CatalogNames names = new CatalogNames(List.of(), List.of());
    private @Nullable Long loadedNanos;

    NameCompleter(Supplier<CatalogNames> load) {
        this.load = load;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        candidates.addAll(candidates(line));
    }

    List<Candidate> candidates(ParsedLine line) {
        List<Candidate> candidates = new ArrayList<>();
        String word = line.word().substring(0, line.wordCursor());
        if (word.startsWith("\\")) {
            ShellCommand.ALL.forEach(command -> candidates.add(new Candidate(command)));
            return candidates;
        }
        refresh();
        boolean lower = !word.isEmpty() && Character.isLowerCase(word.charAt(word.length() - 1));
        for (String keyword : KEYWORDS) {
            candidates.add(new Candidate(lower ? keyword.toLowerCase(Locale.ROOT) : keyword));
        }
        for (String database : names.databases()) {
            candidates.add(new Candidate(database + ".", database, null, null, null, null, false));
        }
        for (CatalogNames.Relation table : names.tables()) {
            candidates.add(new Candidate(table.table()));
            candidates.add(new Candidate(table.fullName()));
        }
        columns(line.line()).distinct().forEach(column -> candidates.add(new Candidate(column)));
        return candidates;
    }

    private Stream<String> columns(String statement) {
        List<CatalogNames.Relation> named = names.tables().stream()
                .filter(table -> statement.matches("(?is).*\\b\\Q" + table.table() + "\\E\\b.*"))
                .toList();
        return (named.isEmpty() ? names.tables() : named).stream().flatMap(table -> table.columns().stream());
    }

    private void refresh() {
        long now = System.nanoTime();
        if (loadedNanos != null && now - loadedNanos < FRESH.toNanos()) {
            return;
        }
        try {
            names = load.get();
            loadedNanos = now;
        } catch (TarnException | ServerFailure e) {
            // Keywords can be completed without the lake; a statement will tell what is wrong with it.
            loadedNanos = now;
        }
    }
}
