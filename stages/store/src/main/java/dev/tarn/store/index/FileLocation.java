package dev.tarn.store.index;

/** The file group that holds a row: the path of its partition, "" for none, and its file id. */
public record FileLocation(String partition, String fileId) {}
