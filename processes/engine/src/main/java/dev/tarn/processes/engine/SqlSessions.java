package dev.tarn.processes.engine;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Sessions whose names their clients make up. What one statement sets, the next of the same session sees. */
final class SqlSessions {
    private static final int AT_ONCE = 200;

    private final SparkSession root;
    private final Duration idle;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    private record Held(SparkSession session, long usedNanos) {}

    /** @param idle one that is not used for so long is closed */
    SqlSessions(SparkSession root, Duration idle) {
        this.root = root;
        this.idle = idle;
    }

    /** The session of this name, new if need be; a new one that nobody shares if it has none. */
    SparkSession open(@Nullable String name) {
        closeIdle();
        if (name == null) {
            return create();
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
