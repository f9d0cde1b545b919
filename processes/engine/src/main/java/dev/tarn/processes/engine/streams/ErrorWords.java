package dev.tarn.processes.engine.streams;

/** Says what failed, for people. */
public interface ErrorWords {
    /** @param sql the statement that failed; empty for none */
    String of(Throwable fault, String sql);
}
