package dev.tarn.load;

/**
 * How to copy.
 *
 * @param connections that read at the same time, at least 1
 * @param batchRows so many rows, at most, come at once
 * @param rowsPerSecond over all connections; 0 for no limit
 */
public record CopySettings(int connections, int batchRows, long rowsPerSecond) {
    public CopySettings {
        if (connections < 1 || batchRows < 1 || rowsPerSecond < 0) {
            throw new IllegalArgumentException(connections + " connections, batches of " + batchRows + " rows, "
                    + rowsPerSecond + " rows a second");
        }
    }
}
