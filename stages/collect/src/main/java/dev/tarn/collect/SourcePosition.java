package dev.tarn.collect;

/**
 * How far the reading of a database has come.
 *
 * @param slot the replication slot
 * @param confirmed up to where the lake's Kafka has everything, as PostgreSQL writes it
 * @param confirmedLsn the same as a number
 * @param endLsn where the log ended at the look
 * @param millis the database's clock just before that, milliseconds since 1970
 * @param lagBytes how much of the write-ahead log lies between that and the end
 * @param reader the process of the database that serves who reads it now; 0 if nobody does
 * @param system the identifier of the database's server, which a copy of it shares and another one does not
 * @param decodedBytes how much has been read through the slot since it was made; -1 before PostgreSQL 14
 */
public record SourcePosition(
        String slot,
        String confirmed,
        long confirmedLsn,
        long endLsn,
        long millis,
        long lagBytes,
        long reader,
        String system,
        long decodedBytes) {
    /** Whether someone reads it now. */
    public boolean active() {
        return reader != 0;
    }
}
