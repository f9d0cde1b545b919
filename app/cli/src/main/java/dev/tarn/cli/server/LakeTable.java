package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of the lake, as the server tells it. Numbers are null where its storage cannot be read.
 *
 * @param type mor or cow
 * @param names under which it can be read
 * @param olderBytes what is kept for readers of the past
 * @param completedAt ISO 8601
 * @param ageMillis since the last commit
 * @param lsn the position in its source that it reaches
 * @param offsets such as {@code topic[0] 42}: where its writer reads on
 * @param problem why it cannot be read
 * @param answer all that the server said of it
 */
public record LakeTable(
        TableNames names,
        String type,
        String source,
        String path,
        List<String> partitionColumns,
        @Nullable Long version,
        @Nullable Long sizeBytes,
        @Nullable Long olderBytes,
        @Nullable Long baseFiles,
        @Nullable Long logFiles,
        @Nullable Long logBytes,
        @Nullable String instant,
        @Nullable String completedAt,
        @Nullable Long ageMillis,
        @Nullable Long lsn,
        List<String> offsets,
        @Nullable String problem,
        Map<String, Object> answer) {

    static LakeTable parse(JsonFields fields) throws IOException {
        JsonFields commit = fields.optionalObject("lastCommit").orElse(new JsonFields(Map.of()));
        JsonFields position = fields.optionalObject("position").orElse(new JsonFields(Map.of()));
        List<String> offsets = new ArrayList<>();
        for (JsonFields offset : position.objects("offsets")) {
            offsets.add(offset.text("topic") + "[" + offset.number("partition") + "] " + offset.number("next"));
        }
        return new LakeTable(
                TableNames.parse(fields),
                fields.text("type"),
                fields.text("source"),
                fields.text("path"),
                fields.list("partitionColumns"),
                fields.optionalNumber("version"),
                fields.optionalNumber("sizeBytes"),
                fields.optionalNumber("olderBytes"),
                fields.optionalNumber("baseFiles"),
                fields.optionalNumber("logFiles"),
                fields.optionalNumber("logBytes"),
                commit.optionalText("instant"),
                commit.optionalText("completedAt"),
                commit.optionalNumber("ageMillis"),
                position.optionalNumber("lsn"),
                offsets,
                fields.optionalText("problem"),
                fields.values());
    }

    /** The type in full. */
    public String typeWords() {
        return type.equals("mor") ? "merge-on-read" : "copy-on-write";
    }
}
