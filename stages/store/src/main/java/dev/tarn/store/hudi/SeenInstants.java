package dev.tarn.store.hudi;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;

/** The completed instants that this writer has taken into account: another one is somebody else's. */
final class SeenInstants {
    private static final long LOOK_EVERY_NANOS = 10_000_000_000L;

    private final Set<String> seen = new HashSet<>();
    private long lastLookNanos = System.nanoTime();

    void add(String instant) {
        seen.add(instant);
    }

    /** All that the timeline has. */
    void readAnew(HoodieTableMetaClient client) {
        seen.clear();
        commits(client).forEach(instant -> seen.add(instant.requestedTime()));
    }

    /** Looks for another one, if that was not done for a while. Reads the timeline anew then. */
    Optional<HoodieInstant> findOther(HoodieTableMetaClient client) {
        long now = System.nanoTime();
        if (now - lastLookNanos <= LOOK_EVERY_NANOS) {
            return Optional.empty();
        }
        lastLookNanos = now;
        client.reloadActiveTimeline();
        Optional<HoodieInstant> other = Optional.empty();
        Set<String> active = new HashSet<>();
        for (HoodieInstant instant : commits(client)) {
            active.add(instant.requestedTime());
            if (!seen.contains(instant.requestedTime())) {
                other = Optional.of(instant);
            }
        }
        // Those that were archived since are not asked for again; a compaction that still runs is.
        client.getActiveTimeline()
                .filterInflightsAndRequested()
                .getInstants()
                .forEach(instant -> active.add(instant.requestedTime()));
        seen.retainAll(active);
        return other;
    }

    private static Iterable<HoodieInstant> commits(HoodieTableMetaClient client) {
        return client.getActiveTimeline()
                .getCommitsTimeline()
                .filterCompletedInstants()
                .getInstants();
    }
}
