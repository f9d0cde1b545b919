package dev.tarn.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Debezium's copy of the table {@code sales} into Kafka, while nobody reads the topic: the lake's own sinks stand still. */
final class DebeziumSnapshot {
    static final String TOPIC = "bench.public.sales";

    private static final String CONNECTOR = "bench-" + BenchLake.SOURCE;

    private DebeziumSnapshot() {}

    /**
     * Lets the source have the table, and waits until the topic has its rows.
     *
     * @param lake whose first copies go through Kafka
     */
    static Report measure(BenchLake lake, ProcessMeter meter, Connection connection, int rows)
            throws SQLException, IOException, InterruptedException {
        ConnectWorker worker = lake.worker();
        Progress.say("Debezium's snapshot into Kafka");
        meter.begin();
        SalesTable.show(connection);
        worker.stopWhenItAppears(CONNECTOR + ".table.sales");
        worker.stopWhenItAppears(CONNECTOR + ".raw");
        Awaitility.await("the first row").atMost(Duration.ofMinutes(2)).until(() -> worker.end(TOPIC) > 0);
        long before = worker.end(TOPIC);
        long start = System.nanoTime();
        worker.awaitEnd(TOPIC, rows);
        double seconds = (System.nanoTime() - start) / 1e9;
        double rate = (rows - before) / seconds;
        Progress.say("Debezium into Kafka: %.1f s, %,.0f rows/s", seconds, rate);
        return new Report()
                .put("seconds", seconds)
                .put("rowsPerSecond", rate)
                .put("used", meter.end())
                .put("load", Machine.load());
    }
}
