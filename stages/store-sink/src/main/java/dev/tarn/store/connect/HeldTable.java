package dev.tarn.store.connect;

import dev.tarn.store.ChangeBatch;
import dev.tarn.store.CopyOrder;
import dev.tarn.store.Offsets;
import dev.tarn.store.RowsGone;
import dev.tarn.store.TableWriter;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * The table of a task, in the hands of a load.
 *
 * @param commitAll commits what has been gathered from the topic
 * @param publish tells the catalog of the table
 */
record HeldTable(
        TableWriter writer, Quarantine quarantine, SinkTaskContext context, Runnable commitAll, Runnable publish)
        implements DirectLoad.Target {

    @Override
    public void hold() {
        commitAll.run();
        context.pause(context.assignment().toArray(TopicPartition[]::new));
    }

    @Override
    public void take(ChangeBatch rows) {
        writer.copy(rows, CopyOrder.BY_PARTITION, quarantine::put);
    }

    @Override
    public void finish(RowsGone others) {
        boolean first = writer.lastCommit().isEmpty();
        writer.endCopy();
        if (!first) {
            writer.delete(others, Offsets.NONE);
        }
        publish.run();
    }

    @Override
    public void drop() {
        writer.dropCopy();
    }

    @Override
    public void goOn() {
        context.resume(context.assignment().toArray(TopicPartition[]::new));
    }
}
