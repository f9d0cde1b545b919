package dev.tarn.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds tables that would spoil each other, within one source and over all sources of a lake. */
public final class SharedNames {
    private final Map<String, String> owners = new LinkedHashMap<>();

    /**
     * Notes what a source captures.
     *
     * @return a sentence for each name that another table has already
     */
    public List<String> claim(String source, List<CapturedTable> tables) {
        List<String> problems = new ArrayList<>();
        for (CapturedTable captured : tables) {
            String owner = source + ": " + captured.table().fullName();
            claim("topic " + captured.topic(""), owner)
                    .ifPresent(other ->
                            problems.add("table '" + captured.table().fullName() + "' would share its topic with '"
                                    + other + "'. Leave one of them out, or take the second into a lake of its own."));
            for (LakeTable table : captured.lakeTables()) {
                claim("table " + table.name().toLowerCase(Locale.ROOT), owner)
                        .ifPresent(other -> problems.add("table '"
                                + captured.table().fullName() + "' would be '" + table.name()
                                + "' in the lake, as '" + other
                                + "' is already. Give one of them another name with into: in sources/" + source
                                + ".yaml."));
            }
        }
        return problems;
    }

    private Optional<String> claim(String name, String owner) {
        return Optional.ofNullable(owners.putIfAbsent(name, owner));
    }
}
