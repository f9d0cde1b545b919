package dev.tarn.processes.collect.debezium;

import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** What Kafka Connect offers a task, but for the stored offset, which becomes the end of a transaction. */
final class ResumingContext implements SourceTaskContext {
    private final SourceTaskContext given;

    ResumingContext(SourceTaskContext given) {
        this.given = given;
    }

    @Override
    public Map<String, String> configs() {
        return given.configs();
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        return new WholeTransactions(given.offsetStorageReader());
    }

    @Override
    public TransactionContext transactionContext() {
        return given.transactionContext();
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return given.pluginMetrics();
    }
}
