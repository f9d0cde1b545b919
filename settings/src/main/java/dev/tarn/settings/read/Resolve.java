package dev.tarn.settings.read;

/** What becomes of references such as <code>${env:X}</code>. */
public enum Resolve {
    /** They are replaced; one that cannot be is a problem. */
    VALUES,
    /** Their form is checked alone: for a profile that is not chosen, whose secrets may be unknown on this machine. */
    NOTHING
}
