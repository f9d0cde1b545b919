package dev.tarn.processes.engine.hudi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a commit reaches in its source, as the lake sink notes it in the commit.
 *
 * @param lsn the position in the source's log
 * @param offsets where to read on in the topics
 */
public record SourcePosition(long lsn, List<TopicOffset> offsets) {
    // Written by the class CommitNotes of the lake sink: what it calls so stays so, for tables that exist.
    private static final String LSN = "tarn.lsn";
    private static final String OFFSETS = "tarn.offsets";

    public SourcePosition {
        offsets = List.copyOf(offsets);
    }

    /** The offset to read next from a topic's partition. */
    public record TopicOffset(String topic, int partition, long next) {}

    /** The position in a commit's notes; empty where another program made the commit. */
    static Optional<SourcePosition> of(Map<String, String> notes) {
        String lsn = notes.get(LSN);
        return lsn == null
                ? Optional.empty()
                : Optional.of(new SourcePosition(Long.parseLong(lsn), offsets(notes.getOrDefault(OFFSETS, ""))));
    }

    /** @param text such as {@code topic,0:42;topic,1:7} */
    private static List<TopicOffset> offsets(String text) {
        List<TopicOffset> offsets = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(";", -1)) {
            int comma = part.lastIndexOf(',');
            int colon = part.lastIndexOf(':');
            offsets.add(new TopicOffset(
                    part.substring(0, comma),
                    Integer.parseInt(part.substring(comma + 1, colon)),
                    Long.parseLong(part.substring(colon + 1))));
        }
        return offsets;
    }
}
