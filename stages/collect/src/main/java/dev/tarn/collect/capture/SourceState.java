package dev.tarn.collect.capture;

import java.util.Locale;

/** Where a source is. */
public enum SourceState {
    /** Its services, or its connector, are not up yet. */
    STARTING,
    /** A table of the settings does not exist yet. */
    WAITING,
    /** Something must be corrected first. */
    REFUSED,
    /** Its database does not answer. */
    UNREACHABLE,
    /** Rows that were there before are copied. */
    SNAPSHOTTING,
    /** Changes flow as they happen. */
    STREAMING,
    /** Its connector failed and is started again after a pause. */
    RESTARTING,
    /** Its connector failed too often. */
    FAILED;

    /** As users read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
