package dev.tarn.cli.server;

import java.util.Locale;

/** How one service is. */
public enum ServiceState {
    STARTING,
    HEALTHY,
    /** Its process runs and has stopped answering. */
    UNRESPONSIVE,
    RESTARTING,
    FAILED,
    STOPPED,
    STOPPING,
    /** It runs elsewhere, at an address that lake.yaml gives. */
    EXTERNAL,
    /** It should run elsewhere, and cannot be reached. */
    UNREACHABLE;

    /** As the user reads it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
