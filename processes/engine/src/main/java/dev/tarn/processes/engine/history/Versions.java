package dev.tarn.processes.engine.history;

import dev.tarn.processes.engine.history.RowEvent.Removed;
import dev.tarn.processes.engine.history.RowEvent.Written;
import dev.tarn.processes.engine.history.RowVersion.ColumnChange;
import dev.tarn.processes.engine.hudi.KeptCommits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts together what files say of a row to its versions. */
final class Versions {
    private static final String OP = "__op";
    private static final String LSN = "__lsn";
    private static final String SOURCE_TIME = "__source_ts_ms";
    private static final String DELETED = "__deleted";
    private static final Set<String> ABOUT_THE_ROW =
            Set.of(OP, LSN, SOURCE_TIME, DELETED, "__db", "__table", "__schema");

    private final KeptCommits commits;
    private final boolean complete;

    /** @param complete whether the oldest version found is the first that there ever was */
    Versions(KeptCommits commits, boolean complete) {
        this.commits = commits;
        this.complete = complete;
    }

    /** The versions that events of all file groups come to, newest first. */
    List<RowVersion> of(List<RowEvent> events) {
        Map<String, RowEvent> byInstant = new TreeMap<>();
        for (RowEvent event : events) {
            // A row that moves is taken away in one group and written in another, at the same instant.
            byInstant.merge(event.instant(), event, (one, other) -> one instanceof Written ? one : other);
        }
        List<RowVersion> versions = new ArrayList<>();
        @Nullable RowVersion before = null;
        for (RowEvent event : byInstant.values()) {
            boolean gone = before == null ? complete : before.row() == null;
            if (event instanceof Removed && gone) {
                continue;
            }
            before = version(event, before);
            versions.add(before);
        }
        Collections.reverse(versions);
        return versions;
    }

    private RowVersion version(RowEvent event, @Nullable RowVersion before) {
        String completedAt = commits.find(event.instant())
                .map(KeptCommits.Commit::completedAt)
                .map(Instant::toString)
                .orElse(null);
        if (event instanceof Removed removed) {
            return new RowVersion(
                    removed.instant(),
                    completedAt,
                    null,
                    "delete",
                    removed.lsn(),
                    removed.partition(),
                    List.of(),
                    null);
        }
        Written written = (Written) event;
        Map<String, @Nullable Object> row = new LinkedHashMap<>(written.row());
        row.keySet().removeIf(column -> column.startsWith("_hoodie_"));
        return of(written.instant(), completedAt, written.partition(), row, before, complete);
    }

    /** A version of a row with all its columns, and the version before it. */
    static RowVersion of(
            @Nullable String instant,
            @Nullable String completedAt,
            String partition,
            Map<String, @Nullable Object> row,
            @Nullable RowVersion before,
            boolean firstIsKnown) {
        return new RowVersion(
                instant,
                completedAt,
                row.get(SOURCE_TIME) instanceof Number millis
                        ? Instant.ofEpochMilli(millis.longValue()).toString()
                        : null,
                operation(row, before, firstIsKnown),
                row.get(LSN) instanceof Number lsn ? lsn.longValue() : null,
                partition,
                before == null || before.row() == null || isDeleted(row) ? List.of() : changes(before.row(), row),
                row);
    }

    private static @Nullable String operation(
            Map<String, @Nullable Object> row, @Nullable RowVersion before, boolean firstIsKnown) {
        if (isDeleted(row)) {
            return "soft-delete";
        }
        if (row.get(OP) instanceof String op) {
            return switch (op) {
                case "c" -> "create";
                case "r" -> "copy";
                case "u" -> "update";
                default -> op;
            };
        }
        // Tables of other writers do not say it.
        if (before == null) {
            return firstIsKnown ? "create" : null;
        }
        return before.row() == null ? "create" : "update";
    }

    private static boolean isDeleted(Map<String, @Nullable Object> row) {
        return "true".equals(row.get(DELETED));
    }

    private static List<ColumnChange> changes(Map<String, @Nullable Object> before, Map<String, @Nullable Object> row) {
        Set<String> columns = new LinkedHashSet<>(row.keySet());
        columns.addAll(before.keySet());
        columns.removeAll(ABOUT_THE_ROW);
        List<ColumnChange> changes = new ArrayList<>();
        for (String column : columns) {
            Object old = before.get(column);
            Object now = row.get(column);
            if (!Objects.equals(old, now)) {
                changes.add(new ColumnChange(column, old, now));
            }
        }
        return changes;
    }
}
