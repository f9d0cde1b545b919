package dev.tarn.cli.server;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a table. Numbers are null where the action has no such thing.
 *
 * @param action Hudi's word
 * @param operation what asked for it
 * @param completedAt ISO 8601
 * @param about what else there is to say: what a rollback undid, why a savepoint was made
 * @param answer all that the server said of it
 */
public record TimelineEntry(
        String instant,
        String action,
        @Nullable String operation,
        String state,
        @Nullable String completedAt,
        @Nullable Long inserted,
        @Nullable Long updated,
        @Nullable Long deleted,
        @Nullable Long bytesWritten,
        @Nullable Long files,
        @Nullable Long durationMillis,
        @Nullable Long lsn,
        @Nullable String about,
        Map<String, Object> answer) {

    static TimelineEntry parse(JsonFields fields) throws IOException {
        JsonFields work = fields.optionalObject("work").orElse(new JsonFields(Map.of()));
        return new TimelineEntry(
                fields.text("instant"),
                fields.text("action"),
                work.optionalText("operation"),
                fields.text("state"),
                fields.optionalText("completedAt"),
                work.optionalNumber("inserted"),
                work.optionalNumber("updated"),
                work.optionalNumber("deleted"),
                work.optionalNumber("bytesWritten"),
                work.optionalNumber("files"),
                fields.optionalNumber("durationMillis"),
                work.optionalNumber("sourceLsn"),
                work.optionalText("about"),
                fields.values());
    }
}
