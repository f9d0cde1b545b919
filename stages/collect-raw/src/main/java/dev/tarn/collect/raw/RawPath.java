package dev.tarn.collect.raw;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a finished file below {@code raw.path}, such as {@code topics/orders/partition=0/orders+0+0000010000.avro}.
 *
 * @param firstOffset of the records in it, which makes the name unique: a record is in one file
 */
record RawPath(Section section, String topic, int partition, long firstOffset) {
    private static final Pattern NAME = Pattern.compile("(.+)\\+(\\d+)\\+(\\d{10,19})\\.avro");

    /** What a file holds. */
    enum Section {
        /** The topic's records. */
        TOPICS,
        /** Keys whose value is null: those that the producer deleted. */
        TOMBSTONES,
        /** What could not be kept as a record, with the reason. */
        QUARANTINE;

        /** The folder that holds the files of a partition. */
        String folder(String topic, int partition) {
            return name().toLowerCase(Locale.ROOT) + "/" + topic + "/partition=" + partition;
        }
    }

    /** The path of a file name that was found in a partition's folder; empty if the raw sink does not name files so. */
    static Optional<RawPath> find(Section section, String topic, int partition, String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                        && matcher.group(1).equals(topic)
                        && matcher.group(2).equals(Integer.toString(partition))
                ? Optional.of(new RawPath(section, topic, partition, Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s/%s+%d+%010d.avro", section.folder(topic, partition), topic, partition, firstOffset);
    }
}
