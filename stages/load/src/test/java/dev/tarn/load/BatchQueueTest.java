package dev.tarn.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.store.Columns;
import dev.tarn.store.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
    private static final List<Row> BATCH = List.of(Row.of(Columns.of()));

    private final BatchQueue queue = new BatchQueue(2);

    @Test
    void itIsDrainedWhenTheLastBatchIsTaken() throws Exception {
        queue.put(BATCH);
        queue.end();

        assertThat(queue.isDrained()).isFalse();
        assertThat(queue.poll(Duration.ZERO)).isSameAs(BATCH);
        assertThat(queue.isDrained()).isTrue();
        assertThat(queue.poll(Duration.ofDays(1))).isEmpty();
    }

    @Test
    void theFirstFailureIsTold() throws Exception {
        queue.put(BATCH);
        queue.fail(new IllegalArgumentException("first"));
        queue.fail(new IllegalArgumentException("second"));

        assertThatThrownBy(() -> queue.poll(Duration.ZERO)).hasMessage("first");
        assertThat(queue.put(BATCH)).isFalse();
        assertThat(queue.isDrained()).isFalse();
    }

    @Test
    void aReaderThatEndsWithoutAWordIsAFailure() {
        queue.enter();
        queue.leave();

        assertThatThrownBy(() -> queue.poll(Duration.ZERO))
                .hasMessage("a thread that copies rows has ended before its time");
    }

    @Test
    void nobodyWaitsForAQueueThatIsClosed() throws Exception {
        queue.put(BATCH);
        queue.put(BATCH);
        queue.close();

        assertThat(queue.put(BATCH)).isFalse();
        assertThat(queue.poll(Duration.ofDays(1))).isEmpty();
        queue.pause(Long.MAX_VALUE);
    }
}
