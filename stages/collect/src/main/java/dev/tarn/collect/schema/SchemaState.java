package dev.tarn.collect.schema;

import java.util.Locale;

/** How a file of {@code schemas/} stands to the registry. */
public enum SchemaState {
    /** The registry knows no such subject. */
    NEW,
    /** It is the newest version already. */
    UNCHANGED,
    /** It may become the next version. */
    COMPATIBLE,
    /** It may not. */
    INCOMPATIBLE,
    /** The registry knows the subject, and there is no file. */
    REGISTERED;

    /** As programs read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
