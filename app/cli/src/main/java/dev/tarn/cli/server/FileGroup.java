package dev.tarn.cli.server;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of one file group of a table.
 *
 * @param baseFile null while all its rows are in logs
 * @param olderSlices kept for readers of the past
 * @param answer all that the server said of it
 */
public record FileGroup(
        String partition,
        String fileId,
        @Nullable String baseFile,
        @Nullable Long baseBytes,
        @Nullable String baseInstant,
        long logFiles,
        long logBytes,
        long olderSlices,
        Map<String, Object> answer) {

    static FileGroup parse(JsonFields fields) throws IOException {
        JsonFields base = fields.optionalObject("baseFile").orElse(new JsonFields(Map.of()));
        return new FileGroup(
                fields.text("partition"),
                fields.text("fileId"),
                base.optionalText("name"),
                base.optionalNumber("bytes"),
                base.optionalText("instant"),
                fields.number("logFiles"),
                fields.number("logBytes"),
                fields.number("olderSlices"),
                fields.values());
    }
}
