package dev.tarn.services;

import java.util.Locale;

/** Where a service is between asked for and gone. */
public enum ServiceState {
    /** Its process runs or is about to; it does not answer yet. */
    STARTING,
    /** It answers. */
    HEALTHY,
    /** Its process runs and has stopped answering. */
    UNRESPONSIVE,
    /** Its process ended; a new one starts after a pause. */
    RESTARTING,
    /** It stays down; the message says why. */
    FAILED,
    /** It was asked to end. */
    STOPPING,
    /** It ended in good order. */
    STOPPED,
    /** It runs elsewhere and is not ours to start or stop. */
    EXTERNAL,
    /** It runs elsewhere, or should, and cannot be reached. */
    UNREACHABLE;

    /** The word that users see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
