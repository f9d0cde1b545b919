package dev.tarn.processes.engine.asof;

import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The states of several tables at one moment of their source: each holds all transactions that committed up to it, and no
 * others. Where no state stands for the moment that was asked for, it is the latest one before it for which all tables
 * have one.
 *
 * @param at the moment, inclusive; null without tables
 * @param exact whether it is the moment that was asked for
 * @param tables by the names of the tables
 */
public record ConsistentMoment(@Nullable Instant at, boolean exact, Map<String, TableAt> tables) {
    public ConsistentMoment {
        tables = Map.copyOf(tables);
    }

    /**
     * A table at the moment.
     *
     * @param instant of the commit after which it is to be read
     * @param lsn the position in the source's log that it reaches; null if it has none
     */
    public record TableAt(String instant, @Nullable Long lsn) {}

    /** How to read one of the tables that it was found for. */
    public TableAt of(String table) {
        return Objects.requireNonNull(tables.get(table), table);
    }

    /**
     * Finds the states.
     *
     * @throws RefusedException HISTORY_GONE if a table has no state for it any more, or none yet; MOMENT if the moment makes
     *     no sense for these tables
     */
    static ConsistentMoment find(Moment wanted, List<TableStates> tables, Clock clock) {
        if (tables.isEmpty()) {
            return new ConsistentMoment(null, true, Map.of());
        }
        long asked = asked(wanted, tables, clock);
        long moment = asked;
        Map<String, TableStates.State> states = new LinkedHashMap<>();
        boolean settled = false;
        while (!settled) {
            settled = true;
            for (TableStates table : tables) {
                long limit = moment;
                TableStates.State state = table.latest(limit).orElseThrow(() -> gone(wanted, table, tables));
                states.put(table.table(), state);
                if (state.upto() < moment) {
                    moment = state.upto();
                    settled = false;
                }
            }
        }
        Map<String, TableAt> found = new LinkedHashMap<>();
        states.forEach((table, state) -> found.put(table, new TableAt(state.instant(), lsn(state.position()))));
        boolean open = wanted instanceof Moment.Now || wanted instanceof Moment.Lsn || wanted instanceof Moment.Instant;
        if (moment == Long.MAX_VALUE) {
            // Nothing says how far the newest states reach: they are those of now.
            return new ConsistentMoment(clock.instant(), open, found);
        }
        return new ConsistentMoment(Instant.ofEpochMilli(moment - 1), open || moment == asked, found);
    }

    private static @Nullable Long lsn(@Nullable SourcePosition position) {
        return position == null ? null : position.lsn();
    }

    /** The moment up to which everything counts, exclusive. */
    private static long asked(Moment wanted, List<TableStates> tables, Clock clock) {
        if (wanted instanceof Moment.Time time) {
            return after(wanted, time.at(), clock);
        }
        if (wanted instanceof Moment.Ago ago) {
            return clock.instant().minus(ago.span()).toEpochMilli() + 1;
        }
        if (wanted instanceof Moment.Lsn lsn) {
            return asked(lsn, tables);
        }
        if (wanted instanceof Moment.Instant instant) {
            return asked(instant, tables);
        }
        return Long.MAX_VALUE;
    }

    private static long after(Moment wanted, Instant time, Clock clock) {
        if (time.isAfter(clock.instant())) {
            throw new RefusedException(
                    400,
                    "MOMENT",
                    "Cannot read tables as of " + wanted + ": that is in the future; it is " + clock.instant()
                            + " now. Give a moment that has been, or 'now'.");
        }
        return time.toEpochMilli() + 1;
    }

    private static long asked(Moment.Lsn wanted, List<TableStates> tables) {
        List<TableStates> mirrors =
                tables.stream().filter(table -> !table.source().isEmpty()).toList();
        List<String> sources =
                mirrors.stream().map(TableStates::source).distinct().sorted().toList();
        if (sources.size() != 1) {
            throw new RefusedException(
                    400,
                    "MOMENT",
                    "Cannot read tables as of position " + wanted + ": "
                            + (sources.isEmpty()
                                    ? "none of them mirrors a source."
                                    : "they mirror different sources (" + String.join(", ", sources)
                                            + "), and each has positions of its own.")
                            + " Give a time instead, such as 2026-11-22T10:00:00Z.");
        }
        long moment = Long.MAX_VALUE;
        for (TableStates table : mirrors) {
            TableStates.State state = table.upTo(wanted.position()).orElseThrow(() -> gone(wanted, table, tables));
            moment = Math.min(moment, state.upto());
        }
        return moment;
    }

    private static long asked(Moment.Instant wanted, List<TableStates> tables) {
        Optional<Long> moment = tables.stream()
                .map(table -> table.find(wanted.name()))
                .flatMap(Optional::stream)
                .map(TableStates.State::upto)
                .min(Comparator.naturalOrder());
        return moment.orElseThrow(() -> new RefusedException(
                400,
                "MOMENT",
                "Cannot read tables as of instant " + wanted + ": it is none of the instants of "
                        + tables.stream().map(TableStates::table).collect(Collectors.joining(", "))
                        + " that can still be read. 'tarn table timeline' shows those; or give a time, such as"
                        + " 2026-11-22T10:00:00Z."));
    }

    private static RefusedException gone(Moment wanted, TableStates without, List<TableStates> tables) {
        List<Long> firsts = new ArrayList<>();
        for (TableStates table : tables) {
            if (table.first().isEmpty()) {
                return new RefusedException(
                        503,
                        "HISTORY_NONE",
                        "Cannot read table '" + table.table() + "' as of " + wanted
                                + ": it is not known yet to be complete at any moment. After a first copy that takes a"
                                + " few seconds; 'tarn source list' shows how the source is doing.");
            }
            firsts.add(table.first().orElseThrow());
        }
        Instant from = Instant.ofEpochMilli(
                firsts.stream().max(Comparator.naturalOrder()).orElseThrow());
        return new RefusedException(
                400,
                "HISTORY_GONE",
                "Cannot read table '" + without.table() + "' as of " + wanted + ": history is kept from " + from
                        + " on. Give a later moment; 'history:' of a table in its source's file says how much is kept.");
    }
}
