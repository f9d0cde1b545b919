package dev.tarn.processes.engine.streams;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a stream fares. What is null is not known, such as the rates before its first batch.
 *
 * @param state starting, running, restarting, failed, finished or stopped
 * @param startedAt ISO 8601, UTC
 * @param events how many it has read since then
 * @param inputRate events a second that came
 * @param processingRate events a second that it could take
 * @param batchMillis how long its last batch with events took
 * @param watermark ISO 8601; no earlier event counts any more
 * @param stateRows how many rows it remembers
 * @param late how many events came after the watermark, since it started
 * @param quarantined how many events did not decode, since it started
 * @param lag events that wait, by topic and partition
 * @param error why it failed last
 */
public record StreamStatus(
        String name,
        String state,
        String startedAt,
        @Nullable Long batch,
        long events,
        @Nullable Double inputRate,
        @Nullable Double processingRate,
        @Nullable Long batchMillis,
        @Nullable String watermark,
        @Nullable Long stateRows,
        long late,
        long quarantined,
        Map<String, Map<String, Long>> lag,
        @Nullable String error) {}
