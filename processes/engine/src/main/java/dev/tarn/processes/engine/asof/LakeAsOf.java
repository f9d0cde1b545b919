package dev.tarn.processes.engine.asof;

import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.SourcePosition;
import dev.tarn.processes.engine.hudi.TableCommits;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The lake's tables at moments of their sources. */
public final class LakeAsOf {
    private final SourceReaches reaches;
    private final Configuration hadoop;
    private final TableCommits.Cache cache = new TableCommits.Cache();

    public LakeAsOf(SourceReaches reaches, Configuration hadoop) {
        this.reaches = reaches;
        this.hadoop = hadoop;
    }

    /**
     * A table that a query reads.
     *
     * @param name with its database
     * @param path of its folder
     * @param source words about where its rows come from, such as {@code moma: public.artworks}; empty for a table of the
     *     lake's own
     */
    public record MirroredTable(String name, String path, String source) {
        /** The name of its source; empty for none. */
        String sourceName() {
            int colon = source.indexOf(':');
            return colon < 0 ? source : source.substring(0, colon);
        }
    }

    /**
     * Finds the states of tables at one moment.
     *
     * @throws dev.tarn.processes.engine.refusal.RefusedException if one of them has none
     */
    public ConsistentMoment find(Moment wanted, Collection<MirroredTable> tables) {
        List<TableStates> states = tables.stream().distinct().map(this::states).toList();
        return ConsistentMoment.find(wanted, states, Clock.systemUTC());
    }

    /** The newest state of a table, which queries see that ask for no moment. */
    public ConsistentMoment newest(MirroredTable table) {
        return OneTable.newest(states(table), Clock.systemUTC());
    }

    private TableStates states(MirroredTable table) {
        TableCommits commits = HudiTable.open(table.path(), hadoop).commits(cache);
        return TableStates.of(table.name(), table.sourceName(), commits, completeUpTo(table, commits));
    }

    /** The moment before which the table's newest state lacks nothing. */
    private long completeUpTo(MirroredTable table, TableCommits commits) {
        if (table.source().isEmpty() || !reaches.areKept() || commits.commits().isEmpty()) {
            return Long.MAX_VALUE;
        }
        SourcePosition position =
                commits.commits().get(commits.commits().size() - 1).position();
        return position == null
                ? Long.MIN_VALUE
                : reaches.find(table.sourceName())
                        .filter(reach -> reach.isCoveredBy(position))
                        .map(reach -> reach.throughMillis() + 1)
                        .orElse(Long.MIN_VALUE);
    }
}
