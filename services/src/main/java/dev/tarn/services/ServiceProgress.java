package dev.tarn.services;

/**
 * Where one service is at one moment: what of a {@link ServiceStatus} is known without asking the system, which takes tens of
 * milliseconds for the memory of large processes.
 *
 * @param name the service
 * @param state where it is
 * @param pid its process, 0 if none
 * @param restarts how often it was restarted since the server started
 */
public record ServiceProgress(String name, ServiceState state, long pid, int restarts) {}
