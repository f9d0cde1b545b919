package dev.tarn.store;

/** How base files are compressed. Both write three to four times as fast as gzip. */
public enum Codec {
    ZSTD,
    SNAPPY
}
