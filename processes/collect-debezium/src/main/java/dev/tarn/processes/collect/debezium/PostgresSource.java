package dev.tarn.processes.collect.debezium;

import io.debezium.connector.postgresql.PostgresConnector;
import org.apache.kafka.connect.connector.Task;

/** Debezium's connector for PostgreSQL with a task that loses nothing when it is started again: {@link PostgresSourceTask}. */
public final class PostgresSource extends PostgresConnector {
    @Override
    public Class<? extends Task> taskClass() {
        return PostgresSourceTask.class;
    }
}
