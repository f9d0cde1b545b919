package dev.tarn.processes.engine;

/** Which engine runs a query. */
enum QueryEngine {
    /** The fast one where it gives the same answer, else Spark. */
    AUTO,
    /** DuckDB, or none. */
    FAST,
    SPARK
}
