package dev.tarn.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a new version of a schema must be able to do with the records of earlier ones, or they with its own. */
public enum Compatibility {
    /** Anything goes. */
    NONE,
    /** It reads what the version before wrote. */
    BACKWARD,
    /** It reads what any version before wrote. */
    BACKWARD_TRANSITIVE,
    /** The version before reads what it writes. */
    FORWARD,
    /** All versions before read what it writes. */
    FORWARD_TRANSITIVE,
    /** Both, for the version before. */
    FULL,
    /** Both, for all versions before. */
    FULL_TRANSITIVE;

    /** All of them by the words of lake.yaml, such as {@code backward-transitive}. */
    static Map<String, Compatibility> words() {
        Map<String, Compatibility> words = new LinkedHashMap<>();
        for (Compatibility each : values()) {
            words.put(each.word(), each);
        }
        return Collections.unmodifiableMap(words);
    }

    /** As lake.yaml writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
