package dev.tarn.processes.engine.asof;

import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why tables cannot be read at a moment, and what to do. */
final class MomentRefusals {
    private MomentRefusals() {}

    static RefusedException empty(Moment wanted, TableStates table) {
        return new RefusedException(
                409,
                "TABLE_EMPTY",
                "Cannot read table '" + table.table() + "' as of " + wanted + ": it has no commit yet. 'tarn table"
                        + " timeline " + table.table() + "' shows what happens to it.");
    }

    /** @param now words that say how far time has come */
    static RefusedException future(Moment wanted, List<TableStates> tables, String now) {
        return new RefusedException(
                400,
                "MOMENT_FUTURE",
                "Cannot read " + subject(tables) + " as of " + wanted + ": " + now
                        + ", so that is yet to come. Give a moment of the past, or 'now'.");
    }

    /** @param sources of the tables */
    static RefusedException position(Moment wanted, List<String> sources) {
        return new RefusedException(
                400,
                "MOMENT",
                "Cannot read tables as of position " + wanted + ": "
                        + (sources.isEmpty()
                                ? "none of them mirrors a source."
                                : "they mirror different sources (" + String.join(", ", sources)
                                        + "), and each has positions of its own.")
                        + " Give a time instead, such as 2026-11-22T10:00:00Z.");
    }

    static RefusedException instant(Moment wanted, List<TableStates> tables) {
        return new RefusedException(
                400,
                "MOMENT",
                "Cannot read tables as of instant " + wanted + ": it is none of the instants of "
                        + tables.stream().map(TableStates::table).collect(Collectors.joining(", "))
                        + " that can still be read. 'tarn table timeline' shows those; or give a time, such as"
                        + " 2026-11-22T10:00:00Z.");
    }

    /** @param without the table that has no state for the moment; one of them */
    static RefusedException gone(Moment wanted, TableStates without, List<TableStates> tables) {
        boolean byTime = !(wanted instanceof Moment.Lsn) && !(wanted instanceof Moment.Instant);
        Optional<TableStates> unknown =
                tables.stream().filter(table -> table.first().isEmpty()).findFirst();
        if (unknown.isPresent() && (byTime || tables.size() > 1)) {
            return new RefusedException(
                    503,
                    "HISTORY_NONE",
                    "Cannot read table '" + unknown.orElseThrow().table() + "' as of " + wanted
                            + ": it is not known yet to be complete at any moment. After a first copy that takes a"
                            + " few seconds; 'tarn source list' shows how the source is doing.");
        }
        String past = tables.size() == 1
                ? "its history " + since(without)
                : "history of all tables of the query is kept from "
                        + tables.stream()
                                .map(TableStates::first)
                                .flatMap(Optional::stream)
                                .map(MomentRefusals::moment)
                                .max(Comparator.naturalOrder())
                                .orElseThrow()
                        + " on";
        return new RefusedException(
                400,
                "HISTORY_GONE",
                "Cannot read table '" + without.table() + "' as of " + wanted + ": " + past
                        + ". Give a later moment; 'tarn table timeline " + without.table() + "' shows the commits.");
    }

    private static String since(TableStates table) {
        TableStates.State first = table.first().or(table::oldest).orElseThrow();
        SourcePosition position = first.commit().position();
        String since = moment(first) + " (instant " + first.instant()
                + (position == null ? "" : ", position " + new Moment.Lsn(position.lsn())) + ")";
        return table.isComplete() ? "begins at " + since : "is kept from " + since + " on";
    }

    /** The first that a state stands for. */
    private static Instant moment(TableStates.State state) {
        return state.after() == Long.MIN_VALUE
                ? Instant.ofEpochMilli(state.commit().completedMillis())
                : Instant.ofEpochMilli(state.after() + 1);
    }

    private static String subject(List<TableStates> tables) {
        return tables.size() == 1 ? "table '" + tables.get(0).table() + "'" : "tables";
    }
}
