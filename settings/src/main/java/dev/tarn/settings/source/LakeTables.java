package dev.tarn.settings.source;

import dev.tarn.settings.read.Place;
import dev.tarn.settings.read.YamlValue;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which entry writes which table of the lake, over all sources: two writers would spoil it. */
final class LakeTables {
    private final Map<String, Place> writers = new HashMap<>();

    /** Gives the table to an entry, or notes a problem at it. The catalog knows no upper and lower case. */
    void claim(String lakeTable, YamlValue entry) {
        Place first = writers.putIfAbsent(lakeTable.toLowerCase(Locale.ROOT), entry.place());
        if (first != null) {
            entry.problem("the table '" + lakeTable + "' of the lake is written by " + first
                    + " too; give one of them another name with into:");
        }
    }
}
