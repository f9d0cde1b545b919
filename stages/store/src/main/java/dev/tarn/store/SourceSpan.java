package dev.tarn.store;

import java.util.Collection;

/**
 * The span of the source's commit times that the changes of one commit of a table have, both ends included. All changes
 * of one source transaction have one time, so a moment outside of the span cuts no transaction in two.
 *
 * @param fromMillis the earliest, milliseconds since 1970
 * @param uptoMillis the latest
 */
public record SourceSpan(long fromMillis, long uptoMillis) {
    /** Of a commit without changes, or whose changes do not say when they were made. */
    public static final SourceSpan NONE = new SourceSpan(Long.MAX_VALUE, Long.MIN_VALUE);

    /** The span of one moment. */
    public static SourceSpan at(long millis) {
        return millis <= 0 ? NONE : new SourceSpan(millis, millis);
    }

    /** The span of changes; {@link #NONE} if one of them does not say when it was made. */
    public static SourceSpan of(Collection<Change> changes) {
        SourceSpan span = NONE;
        for (Change change : changes) {
            if (change.sourceMillis() <= 0) {
                return NONE;
            }
            span = span.and(change.sourceMillis());
        }
        return span;
    }

    /** This span with one more moment. */
    public SourceSpan and(long millis) {
        return new SourceSpan(Math.min(fromMillis, millis), Math.max(uptoMillis, millis));
    }

    /** Both spans of changes together; {@link #NONE} if either is. */
    public SourceSpan and(SourceSpan other) {
        return isNone() || other.isNone()
                ? NONE
                : new SourceSpan(Math.min(fromMillis, other.fromMillis), Math.max(uptoMillis, other.uptoMillis));
    }

    /** Whether it has no moment. */
    public boolean isNone() {
        return fromMillis > uptoMillis;
    }
}
