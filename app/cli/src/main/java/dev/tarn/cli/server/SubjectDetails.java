package dev.tarn.cli.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subject with its text.
 *
 * @param shown the version that was asked for; null if none is registered
 * @param schema of that version, as JSON; null if none is registered
 * @param fileSchema what its file says, as JSON; null if there is none
 */
public record SubjectDetails(
        SubjectStatus status,
        List<String> versions,
        @Nullable Long shown,
        @Nullable String schema,
        @Nullable String fileSchema) {}
