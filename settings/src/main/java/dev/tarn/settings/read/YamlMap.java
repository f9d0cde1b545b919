package dev.tarn.settings.read;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map of a settings file: values by key, in the order of the file. */
public final class YamlMap {
    private final String name;
    private final Place place;
    private final Map<String, YamlValue> entries;
    private final Problems problems;

    YamlMap(String name, Place place, Map<String, YamlValue> entries, Problems problems) {
        this.name = name;
        this.place = place;
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        this.problems = problems;
    }

    static YamlMap empty(Place place, Problems problems) {
        return new YamlMap("", place, Map.of(), problems);
    }

    /** File and line where it starts. */
    public Place place() {
        return place;
    }

    /** The values by key. */
    public Map<String, YamlValue> entries() {
        return entries;
    }

    /** The value of a key, if it is written. */
    public Optional<YamlValue> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Reads the value of a key; {@code otherwise} if it is not written. */
    public <T> T read(String key, T otherwise, Function<YamlValue, T> read) {
        @Nullable YamlValue value = entries.get(key);
        return value == null ? otherwise : read.apply(value);
    }

    /** Reads the value of a key that must be there; {@code standIn}, with a problem, if it is not written. */
    public <T> T require(String key, T standIn, String advice, Function<YamlValue, T> read) {
        if (!entries.containsKey(key)) {
            problems.add(place, (name.isEmpty() ? key : name + "." + key) + " is missing; " + advice);
        }
        return read(key, standIn, read);
    }

    /** This map with the values of {@code overrides} in place of its own, key by key. */
    public YamlMap with(YamlMap overrides) {
        Map<String, YamlValue> both = new LinkedHashMap<>(entries);
        both.putAll(overrides.entries);
        return new YamlMap(name, place, both, problems);
    }
}
