package dev.tarn.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a command was given, as {@code --name value}. */
record Options(Map<String, String> values) {
    Options {
        values = Map.copyOf(values);
    }

    /**
     * Reads them.
     *
     * @param known each option and what it is if it is not given; empty text for none
     */
    static Options parse(String[] words, Map<String, String> known) {
        Map<String, String> values = new LinkedHashMap<>(known);
        for (int i = 0; i < words.length; i += 2) {
            String name = words[i].startsWith("--") ? words[i].substring(2) : "";
            if (!known.containsKey(name) || i + 1 == words.length) {
                throw new IllegalArgumentException("Cannot understand '" + words[i] + "': the options are "
                        + String.join(
                                " ",
                                known.keySet().stream()
                                        .map(key -> "--" + key + " VALUE")
                                        .toList()) + ".");
            }
            values.put(name, words[i + 1]);
        }
        return new Options(values);
    }

    int number(String name) {
        return Integer.parseInt(values.getOrDefault(name, "0"));
    }

    boolean isOn(String name) {
        return Boolean.parseBoolean(values.get(name));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }
}
