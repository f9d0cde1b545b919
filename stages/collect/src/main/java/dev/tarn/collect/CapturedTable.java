package dev.tarn.collect;

import dev.tarn.model.FieldNames;
import dev.tarn.settings.source.TableSettings;
import dev.tarn.settings.source.TableType;
import java.util.List;

/** A table of a database that flows into the lake, and the settings that say how. */
public record CapturedTable(SourceTable table, TableSettings settings) {
    /** The columns that name a row, as the database calls them. */
    public List<String> key() {
        return settings.key().isEmpty() ? table.primaryKey() : settings.key();
    }

    /** True if the settings name a key that is not the primary key. */
    public boolean hasKeyOfItsOwn() {
        return !key().equals(table.primaryKey());
    }

    /** The tables of the lake that it feeds: of two, the copy-on-write one has a suffix. */
    public List<LakeTable> lakeTables() {
        String name = settings.lakeTable(table.name());
        boolean both = settings.types().size() > 1;
        return settings.types().stream()
                .map(type -> new LakeTable(both && type == TableType.COPY_ON_WRITE ? name + "_cow" : name, type))
                .toList();
    }

    /** The topic that carries its changes. */
    public String topic(String lake) {
        return FieldNames.topic(lake + "." + table.fullName());
    }
}
