package dev.tarn.processes.engine.streams;

import java.io.Serializable;

/**
 * An event that did not decode.
 *
 * @param timestampMillis of its record, since 1970
 */
record BadEvent(String topic, int partition, long offset, long timestampMillis, String reason, byte[] value)
        implements Serializable {
    /** What names it. */
    String coordinates() {
        return topic + "-" + partition + "-" + offset;
    }
}
