package dev.tarn.cli.server;

/** How a running lake is as a whole. */
public enum LakeState {
    STARTING,
    READY,
    DEGRADED,
    FAILED,
    STOPPING
}
