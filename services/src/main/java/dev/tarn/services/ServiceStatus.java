package dev.tarn.services;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one service at one moment.
 *
 * @param name the service
 * @param state where it is
 * @param pid its process, 0 if none
 * @param addresses what clients connect to, by protocol
 * @param memoryBytes resident memory of its processes, 0 if unknown
 * @param uptime how long its process has run
 * @param version the engine's version, empty if unknown
 * @param restarts how often it was restarted since the server started
 * @param message words for a person, if there is something to say
 */
public record ServiceStatus(
        String name,
        ServiceState state,
        long pid,
        Map<String, String> addresses,
        long memoryBytes,
        Duration uptime,
        String version,
        int restarts,
        @Nullable String message) {}
