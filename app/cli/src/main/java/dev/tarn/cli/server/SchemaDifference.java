package dev.tarn.cli.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a subject's file changes of its newest version. */
public record SchemaDifference(SubjectStatus status, List<Change> changes) {
    /**
     * One field.
     *
     * @param change one of "added", "removed" and "changed"
     */
    public record Change(
            String field,
            String change,
            @Nullable String before,
            @Nullable String after) {}
}
