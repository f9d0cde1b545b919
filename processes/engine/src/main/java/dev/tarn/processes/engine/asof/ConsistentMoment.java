package dev.tarn.processes.engine.asof;

import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
     * @param completedAt when readers began to see that, ISO 8601
     * @param lsn the position in the source's log that it reaches; null if it has none
     */
    public record TableAt(
            String instant, String completedAt, @Nullable Long lsn) {
        static TableAt of(TableStates.State state) {
            SourcePosition position = state.commit().position();
            return new TableAt(
                    state.instant(),
                    Instant.ofEpochMilli(state.commit().completedMillis()).toString(),
                    position == null ? null : position.lsn());
        }
    }

    /** How to read one of the tables that it was found for. */
    public TableAt of(String table) {
        return Objects.requireNonNull(tables.get(table), table);
    }

    /**
     * Finds the states.
     *
     * @throws RefusedException HISTORY_GONE if a table has no state for it any more, HISTORY_NONE if none yet, TABLE_EMPTY if
     *     no state at all; MOMENT_FUTURE if it is yet to come; MOMENT if it makes no sense for these tables
     */
    static ConsistentMoment find(Moment wanted, List<TableStates> tables, Clock clock) {
        if (tables.isEmpty()) {
            return new ConsistentMoment(null, true, Map.of());
        }
        for (TableStates table : tables) {
            if (table.newest().isEmpty()) {
                throw MomentRefusals.empty(wanted, table);
            }
        }
        if (tables.size() == 1 && (wanted instanceof Moment.Instant || wanted instanceof Moment.Lsn)) {
            return OneTable.find(wanted, tables.get(0), clock);
        }
        long asked = asked(wanted, tables, clock);
        long moment = asked;
        Map<String, TableStates.State> states = new LinkedHashMap<>();
        boolean settled = false;
        while (!settled) {
            settled = true;
            for (TableStates table : tables) {
                long limit = moment;
                TableStates.State state =
                        table.latest(limit).orElseThrow(() -> MomentRefusals.gone(wanted, table, tables));
                states.put(table.table(), state);
                if (state.upto() < moment) {
                    moment = state.upto();
                    settled = false;
                }
            }
        }
        Map<String, TableAt> found = new LinkedHashMap<>();
        states.forEach((table, state) -> found.put(table, TableAt.of(state)));
        boolean open = wanted instanceof Moment.Now || wanted instanceof Moment.Lsn || wanted instanceof Moment.Instant;
        if (moment == Long.MAX_VALUE) {
            // Nothing says how far the newest states reach: they are those of now.
            return new ConsistentMoment(clock.instant(), open, found);
        }
        return new ConsistentMoment(Instant.ofEpochMilli(moment - 1), open || moment == asked, found);
    }

    /** The moment up to which everything counts, exclusive. */
    private static long asked(Moment wanted, List<TableStates> tables, Clock clock) {
        if (wanted instanceof Moment.Time time) {
            return after(time, tables, clock);
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

    private static long after(Moment.Time wanted, List<TableStates> tables, Clock clock) {
        if (wanted.at().isAfter(clock.instant())) {
            throw MomentRefusals.future(wanted, tables, "it is now " + clock.instant());
        }
        return wanted.at().toEpochMilli() + 1;
    }

    private static long asked(Moment.Lsn wanted, List<TableStates> tables) {
        List<TableStates> mirrors =
                tables.stream().filter(table -> !table.source().isEmpty()).toList();
        List<String> sources =
                mirrors.stream().map(TableStates::source).distinct().sorted().toList();
        if (sources.size() != 1) {
            throw MomentRefusals.position(wanted, sources);
        }
        long moment = Long.MAX_VALUE;
        for (TableStates table : mirrors) {
            TableStates.State state =
                    table.upTo(wanted.position()).orElseThrow(() -> MomentRefusals.gone(wanted, table, tables));
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
        return moment.orElseThrow(() -> MomentRefusals.instant(wanted, tables));
    }
}
