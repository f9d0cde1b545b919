package dev.tarn.settings.source;

/** How a table of the lake keeps its changes. */
public enum TableType {
    /** Changes are written at once and merged when they are read. */
    MERGE_ON_READ,
    /** Files are written anew with their changes, and read as they are. */
    COPY_ON_WRITE
}
