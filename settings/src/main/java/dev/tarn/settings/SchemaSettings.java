package dev.tarn.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rule by which schemas may change.
 *
 * @param compatibility of subjects that have no rule of their own
 * @param subjects rules of single subjects
 */
public record SchemaSettings(Compatibility compatibility, Map<String, Compatibility> subjects) {
    /** What holds if nothing is written. */
    public static final SchemaSettings DEFAULT = new SchemaSettings(Compatibility.BACKWARD, Map.of());

    public SchemaSettings {
        subjects = Collections.unmodifiableMap(new LinkedHashMap<>(subjects));
    }

    /** The rule of a subject. */
    public Compatibility of(String subject) {
        return subjects.getOrDefault(subject, compatibility);
    }
}
