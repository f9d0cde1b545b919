package dev.tarn.collect;

/**
 * How far the reading of a database has come.
 *
 * @param slot the replication slot
 * @param confirmed up to where the lake's Kafka has everything, as PostgreSQL writes it
 * @param lagBytes how much of the write-ahead log lies between that and the end
 * @param reader the process of the database that serves who reads it now; 0 if nobody does
 */
public record SourcePosition(String slot, String confirmed, long lagBytes, long reader) {
    /** Whether someone reads it now. */
    public boolean active() {
        return reader != 0;
    }
}
