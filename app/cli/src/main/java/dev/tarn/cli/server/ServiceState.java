package dev.tarn.cli.server;

import java.util.Locale;

/** How one service is. */
public enum ServiceState {
    STARTING,
    HEALTHY,
    RESTARTING,
    FAILED,
    STOPPED,
    STOPPING,
    /** It runs elsewhere, at an address that lake.yaml gives. */
    EXTERNAL;

    /** As the user reads it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
