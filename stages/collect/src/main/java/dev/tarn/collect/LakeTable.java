package dev.tarn.collect;

import dev.tarn.settings.source.TableType;

/** A table of the lake that a source feeds. */
public record LakeTable(String name, TableType type) {}
