package dev.tarn.collect.load;

import dev.tarn.settings.source.LoadSettings.Through;
import dev.tarn.settings.source.SourceSettings;
import java.util.List;
import java.util.Optional;

/** Whether a source's rows may go straight into the lake's tables: they must be what Debezium would have made of them. */
public final class DirectLoading {
    /** Options of Debezium that say how it works, and not what comes out: their beginnings. */
    private static final List<String> HARMLESS = List.of(
            "errors.",
            "heartbeat.",
            "max.batch.size",
            "max.queue.size",
            "poll.interval.ms",
            "producer.override.",
            "retriable.restart.",
            "slot.",
            "snapshot.fetch.size",
            "snapshot.max.threads",
            "status.update.interval.ms",
            "topic.creation.");

    private DirectLoading() {}

    /** Whether that is so. */
    public static boolean isOf(SourceSettings source) {
        return source.load().through() == Through.DIRECT && obstacle(source).isEmpty();
    }

    /** The option for whose sake rows go through Kafka all the same. */
    public static Optional<String> obstacle(SourceSettings source) {
        return source.options().reveal().keySet().stream()
                .filter(key -> HARMLESS.stream().noneMatch(key::startsWith))
                .sorted()
                .findFirst();
    }
}
