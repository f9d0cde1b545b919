package dev.tarn.processes.engine;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.internal.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose names their clients make up: what one statement sets, the next of the same session sees. Statements of no
 * session get one that is as new; since Spark takes long to make one, queries leave theirs to the next.
 */
final class SqlSessions {
    private static final int AT_ONCE = 200;
    private static final int SPARE = 8;

    private final SparkSession root;
    private final Duration idle;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final BlockingQueue<SparkSession> spare = new LinkedBlockingQueue<>(SPARE);
    private final State unused;

    private record Held(SparkSession session, long usedNanos) {}

    /** @param idle one that is not used for so long is closed */
    SqlSessions(SparkSession root, Duration idle) {
        this.root = root;
        this.idle = idle;
        SparkSession first = create();
        this.unused = State.of(first);
        spare.add(first);
    }

    /** What statements may change in a session besides temporary views: functions of the catalog stay once they are used. */
    private record State(scala.collection.immutable.Map<String, String> settings, int functions) {
        static State of(SparkSession session) {
            SessionState state = session.sessionState();
            return new State(
                    state.conf().getAllConfs(),
                    state.functionRegistry().listFunction().size()
                            + state.tableFunctionRegistry().listFunction().size());
        }
    }

    /** The session of this name, new if need be; one that is as new, and that nobody shares, if it has none. */
    SparkSession open(@Nullable String name) {
        closeIdle();
        if (name == null) {
            SparkSession ready = spare.poll();
            return ready == null ? create() : ready;
        }
        if (held.size() >= AT_ONCE && !held.containsKey(name)) {
            throw new RefusedException(
                    503,
                    "SESSIONS",
                    "Cannot open another session: " + AT_ONCE + " are open. Close one, or try again in a while.");
        }
        return held.compute(name, (key, one) -> new Held(one == null ? create() : one.session(), System.nanoTime()))
                .session();
    }

    /** Takes a session without a name back when its one statement is done, for another if it is as new; says whether it is. */
    boolean giveBack(SparkSession session, LogicalPlan statement) {
        boolean asNew = isQuery(statement) && State.of(session).equals(unused);
        if (asNew) {
            // The next one asks for the tables as they are then.
            session.sessionState().catalog().invalidateAllCachedTables();
            spare.offer(session);
        }
        return asNew;
    }

    private static boolean isQuery(LogicalPlan statement) {
        return statement
                .find(node -> node instanceof Command || node instanceof ParsedStatement)
                .isEmpty();
    }

    /** Says whether there was one. */
    boolean close(String name) {
        return held.remove(name) != null;
    }

    private void closeIdle() {
        long now = System.nanoTime();
        held.values().removeIf(one -> now - one.usedNanos() > idle.toNanos());
    }

    private SparkSession create() {
        SparkSession session = root.newSession();
        session.conf().set("spark.sql.datetime.java8API.enabled", true);
        return session;
    }
}
