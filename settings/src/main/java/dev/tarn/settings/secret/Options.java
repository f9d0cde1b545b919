package dev.tarn.settings.secret;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An engine's own options, passed through as they are written. Values that came from a reference print {@code ***}. */
public final class Options {
    private static final Options NONE = new Options(Map.of(), Set.of());

    private final Map<String, String> values;
    private final Set<String> secretKeys;

    /**
     * @param values the options in the order of the file, references already replaced
     * @param secretKeys the keys whose value must not be seen
     */
    public Options(Map<String, String> values, Set<String> secretKeys) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.secretKeys = Collections.unmodifiableSet(new LinkedHashSet<>(secretKeys));
    }

    /** No options. */
    public static Options none() {
        return NONE;
    }

    /** All options with their values, secrets too: for the engine, never for a message or a log. */
    public Map<String, String> reveal() {
        return values;
    }

    /** The keys whose value must not be seen. */
    public Set<String> secretKeys() {
        return secretKeys;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Options options
                && values.equals(options.values)
                && secretKeys.equals(options.secretKeys);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values, secretKeys);
    }

    @Override
    public String toString() {
        Map<String, String> shown = new LinkedHashMap<>(values);
        shown.replaceAll((key, value) -> secretKeys.contains(key) ? "***" : value);
        return shown.toString();
    }
}
