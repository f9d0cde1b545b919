package dev.tarn.services;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One embedded service: what must hold before it runs, what to run, and how to tell that it serves. */
public interface Service {
    /** A short name that is also the name of its log. */
    String name();

    /** The version of the engine that it runs. */
    String version();

    /** What clients connect to, by protocol. */
    Map<String, String> addresses();

    /** The loopback ports that it listens on. */
    List<Integer> ports();

    /**
     * Looks at what would keep the service from starting, without changing anything.
     *
     * @return one complete message a problem; empty if it can start
     */
    List<dev.tarn.model.TarnException> problems();

    /** Makes what the process needs on disk. Called before each start, with no process running. */
    void prepare();

    /** What to run. */
    ProcessSpec process();

    /** Whether it answers its clients now. Takes at most two seconds and throws nothing. */
    boolean answers();

    /** How long a start may take before it counts as failed. */
    default Duration startLimit() {
        return Duration.ofSeconds(90);
    }

    /** The signal that ends the process in good order. */
    default String stopSignal() {
        return "TERM";
    }
}
