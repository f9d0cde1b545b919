package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one row.
 *
 * @param versions newest first
 * @param count how many there are, more than were asked for perhaps
 * @param complete whether none can be missing at the old end
 * @param keptFrom ISO 8601: from when on none is missing
 * @param rawFiles how many raw objects were read; null if none were to be
 * @param rawChanges how many changes of the row they hold
 * @param answer all that the server said
 */
public record RowHistory(
        List<RowVersion> versions,
        long count,
        boolean complete,
        @Nullable String keptFrom,
        @Nullable Long rawFiles,
        @Nullable Long rawChanges,
        Map<String, Object> answer) {

    static RowHistory parse(JsonFields fields) throws IOException {
        List<RowVersion> versions = new ArrayList<>();
        for (JsonFields version : fields.objects("versions")) {
            versions.add(RowVersion.parse(version));
        }
        JsonFields kept = fields.optionalObject("keptFrom").orElse(new JsonFields(Map.of()));
        return new RowHistory(
                versions,
                fields.number("count"),
                Boolean.TRUE.equals(fields.values().get("complete")),
                kept.optionalText("completedAt"),
                fields.optionalNumber("rawFiles"),
                fields.optionalNumber("rawChanges"),
                fields.values());
    }
}
