package dev.tarn.collect.raw;

/**
 * Offset and timestamp of each record of a file, kept as text in the file's metadata, since the record's own bytes are
 * not touched. Offsets are ranges: {@code 0-99,101,105-200}. Timestamps are the first one in milliseconds since 1970, then
 * the steps to each next one, {@code x} and a count where a step repeats: {@code 1700000000000,0x98,5}.
 */
final class RecordIndex {
    private final StringBuilder offsets = new StringBuilder();
    private final StringBuilder timestamps = new StringBuilder();
    private long count;
    private long first = -1;
    private long last = -1;
    private long rangeStart = -1;
    private long lastTimestamp;
    private long step;
    private long stepCount;

    /** @param timestamp in milliseconds since 1970; -1 if the record has none */
    void add(long offset, long timestamp) {
        if (count == 0) {
            first = offset;
            rangeStart = offset;
            timestamps.append(timestamp);
        } else {
            if (offset != last + 1) {
                endRange(offsets);
                rangeStart = offset;
            }
            long next = timestamp - lastTimestamp;
            if (stepCount > 0 && next != step) {
                endSteps(timestamps);
                stepCount = 0;
            }
            step = next;
            stepCount++;
        }
        last = offset;
        lastTimestamp = timestamp;
        count++;
    }

    long count() {
        return count;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    String offsets() {
        StringBuilder all = new StringBuilder(offsets);
        endRange(all);
        return all.toString();
    }

    String timestamps() {
        StringBuilder all = new StringBuilder(timestamps);
        endSteps(all);
        return all.toString();
    }

    private void endRange(StringBuilder text) {
        text.append(text.isEmpty() ? "" : ",").append(rangeStart);
        if (last > rangeStart) {
            text.append('-').append(last);
        }
    }

    private void endSteps(StringBuilder text) {
        if (stepCount > 0) {
            text.append(',').append(step);
        }
        if (stepCount > 1) {
            text.append('x').append(stepCount);
        }
    }
}
