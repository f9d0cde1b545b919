package dev.tarn.processes.topics.replay;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Where an event of a replay comes from, as a header of it: {@code run:row:partitions:checksum:file}.
 *
 * @param run when the replay began, in milliseconds since 1970: what continues it is the same run
 * @param row of the file, from 0 on, without the heading
 * @param partitions that the topic had
 * @param checksum of all rows up to this one
 * @param file its name without folders
 */
record Origin(long run, long row, int partitions, int checksum, String file) {
    static final String HEADER = "tarn.replay";

    byte[] bytes() {
        return (run + ":" + row + ":" + partitions + ":" + HexFormat.of().toHexDigits(checksum) + ":" + file)
                .getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Origin> find(ConsumerRecord<byte[], byte[]> event) {
        Header header = event.headers().lastHeader(HEADER);
        return header == null || header.value() == null
                ? Optional.empty()
                : parse(new String(header.value(), StandardCharsets.UTF_8));
    }

    static Optional<Origin> parse(String text) {
        String[] parts = text.split(":", 5);
        try {
            return parts.length < 5
                    ? Optional.empty()
                    : Optional.of(new Origin(
                            Long.parseLong(parts[0]),
                            Long.parseLong(parts[1]),
                            Integer.parseInt(parts[2]),
                            HexFormat.fromHexDigits(parts[3]),
                            parts[4]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
