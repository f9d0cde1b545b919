package dev.tarn.processes.engine.asof;

import dev.tarn.processes.engine.asof.ConsistentMoment.TableAt;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One table by its own commits. No other table has to fit, so each of its states will do, also one that stands for no
 * moment of the source.
 */
final class OneTable {
    private OneTable() {}

    /** The state right after an instant, or the newest that reaches no further than a position. */
    static ConsistentMoment find(Moment wanted, TableStates table, Clock clock) {
        List<TableStates> tables = List.of(table);
        if (wanted instanceof Moment.Lsn lsn) {
            if (table.source().isEmpty()) {
                throw MomentRefusals.position(wanted, List.of());
            }
            return at(
                    table.afterPosition(lsn.position()).orElseThrow(() -> MomentRefusals.gone(wanted, table, tables)),
                    table,
                    clock);
        }
        String name = ((Moment.Instant) wanted).name();
        String newest = table.newestInstant();
        if (newest != null && name.compareTo(newest) > 0) {
            throw MomentRefusals.future(wanted, tables, "its newest instant is " + newest);
        }
        return at(table.after(name).orElseThrow(() -> MomentRefusals.gone(wanted, table, tables)), table, clock);
    }

    /** The state that readers see who ask for no moment. */
    static ConsistentMoment newest(TableStates table, Clock clock) {
        return at(table.newest().orElseThrow(() -> MomentRefusals.empty(new Moment.Now(), table)), table, clock);
    }

    private static ConsistentMoment at(TableStates.State state, TableStates table, Clock clock) {
        return new ConsistentMoment(moment(state, clock), true, Map.of(table.table(), TableAt.of(state)));
    }

    private static Instant moment(TableStates.State state, Clock clock) {
        if (!state.standsForAMoment()) {
            return Instant.ofEpochMilli(
                    state.after() == Long.MIN_VALUE ? state.commit().completedMillis() : state.after());
        }
        return state.upto() == Long.MAX_VALUE ? clock.instant() : Instant.ofEpochMilli(state.upto() - 1);
    }
}
