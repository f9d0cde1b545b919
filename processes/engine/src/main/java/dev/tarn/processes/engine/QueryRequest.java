package dev.tarn.processes.engine;

import dev.tarn.processes.engine.asof.Moment;
import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One statement to run.
 *
 * @param id by which it can be cancelled; made up by who asks
 * @param session whose settings, database and temporary views it sees; null for one of its own
 * @param moment at which its tables are read; null for now
 * @param engine where it may run
 * @param lease it is cancelled when its client has not asked for it to go on for so long; null for never
 */
record QueryRequest(
        String sql,
        int maxRows,
        Duration timeout,
        String id,
        @Nullable String session,
        @Nullable Moment moment,
        @Nullable Duration lease,
        QueryEngine engine) {
    private static final int MOST_ROWS = 1_000_000;
    private static final int LONGEST_SECONDS = 24 * 60 * 60;

    private static QueryEngine engine(ApiRequest request) {
        String name = request.findText("engine").orElse("auto");
        return Stream.of(QueryEngine.values())
                .filter(engine -> engine.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        400, "ENGINE", "Cannot run the query on '" + name + "': engines are auto, fast and spark."));
    }

    static QueryRequest of(ApiRequest request, QueryLimits limits) {
        Duration timeout = request.findNumber("timeoutSeconds", LONGEST_SECONDS)
                .map(Duration::ofSeconds)
                .orElse(limits.timeout());
        Optional<String> id = request.findText("id");
        return new QueryRequest(
                request.text("sql"),
                request.number("maxRows", limits.maxRows(), MOST_ROWS),
                timeout,
                id.orElseGet(() -> UUID.randomUUID().toString()),
                request.findText("session").orElse(null),
                request.findText("asOf").map(Moment::parse).orElse(null),
                request.findNumber("leaseSeconds", LONGEST_SECONDS)
                        .map(Duration::ofSeconds)
                        .orElse(null),
                engine(request));
    }
}
