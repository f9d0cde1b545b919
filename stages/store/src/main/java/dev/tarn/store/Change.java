package dev.tarn.store;

/**
 * One change of one row.
 *
 * @param operation what happened
 * @param row the row after the change; for a delete at least its key columns, the rest may be null
 * @param lsn the position in the source's log; of two changes of one row the higher wins, of equals the later arrival
 * @param sourceMillis when the source made the change, milliseconds since 1970
 * @param from the topic partition it was read from, {@link TopicPartition#NONE} for none
 * @param offset its offset there; what a commit has already covered is not applied again
 */
public record Change(Operation operation, Row row, long lsn, long sourceMillis, TopicPartition from, long offset) {

    /** A change that does not come from Kafka. */
    public static Change of(Operation operation, Row row, long lsn, long sourceMillis) {
        return new Change(operation, row, lsn, sourceMillis, TopicPartition.NONE, 0);
    }
}
