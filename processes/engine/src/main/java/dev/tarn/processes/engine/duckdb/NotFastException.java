package dev.tarn.processes.engine.duckdb;

/** A query that the fast engine does not run, or not with the same meaning. The message says why, as part of a sentence. */
public final class NotFastException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotFastException(String reason) {
        super(reason);
    }
}
