package dev.tarn.store;

/** The version of the table format on storage. */
public enum TableVersion {
    /** Read by Trino, Presto and Athena as well as Spark. */
    SIX(6),
    /** The newest: file slices follow completion times. Read by Spark and other new readers only. */
    NINE(9);

    private final int number;

    TableVersion(int number) {
        this.number = number;
    }

    /** The number as the table's own properties have it. */
    public int number() {
        return number;
    }
}
