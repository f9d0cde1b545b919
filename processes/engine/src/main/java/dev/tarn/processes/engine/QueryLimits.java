package dev.tarn.processes.engine;

import java.time.Duration;
import java.util.Properties;

/**
 * What a statement may take if its request does not say.
 *
 * @param timeout it is cancelled after this time
 * @param maxRows so many rows are answered
 */
record QueryLimits(Duration timeout, int maxRows) {
    static QueryLimits of(Properties settings) {
        return new QueryLimits(
                Duration.ofMillis(Long.parseLong(settings.getProperty("sql.timeout-millis", "60000"))),
                Integer.parseInt(settings.getProperty("sql.max-rows", "1000")));
    }
}
