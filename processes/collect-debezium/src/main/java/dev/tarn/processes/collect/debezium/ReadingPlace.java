package dev.tarn.processes.collect.debezium;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A replication slot and its server, as they are found before reading goes on, and as the lake saw them last.
 *
 * @param slot its name
 * @param walStatus as {@code pg_replication_slots} has it; null if there is no such slot
 * @param database of the slot
 * @param isOurs whether that is the source's
 * @param confirmed up to where the slot has been confirmed, as a number
 * @param end where the server's log ends, as a number
 * @param system the server's identifier; empty where it is not told
 * @param decoded how many bytes have been read through the slot; -1 where the server does not count them
 */
record ReadingPlace(
        String slot,
        @Nullable String walStatus,
        String database,
        boolean isOurs,
        long confirmed,
        long end,
        String system,
        long decoded) {

    /** What the lake's server has seen: {@code SeenSlot} of the module collect writes it while the slot is read. */
    record Seen(String system, long confirmed, long decoded) {
        /** Reads it; empty if nothing was seen yet. */
        static Optional<Seen> read(Path file) throws IOException {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Properties fields = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                fields.load(reader);
            }
            return Optional.of(new Seen(
                    fields.getProperty("system", ""),
                    Long.parseLong(fields.getProperty("confirmed", "0")),
                    Long.parseLong(fields.getProperty("decoded", "-1"))));
        }
    }

    /** Why reading cannot go on here without a gap; empty if it can. */
    Optional<String> obstacle(Optional<Seen> last) {
        Optional<String> other = last.flatMap(this::otherLog);
        if (other.isPresent()) {
            return other;
        }
        if (walStatus == null) {
            return Optional.of(lost("it is gone"));
        }
        if (!isOurs) {
            return Optional.of("Cannot read replication slot '" + slot + "': it belongs to database '" + database
                    + "' now. If nobody needs it, drop it there with SELECT pg_drop_replication_slot('" + slot
                    + "'), and this source goes on by itself. [SLOT_TAKEN]");
        }
        if (walStatus.equals("lost")) {
            return Optional.of(lost("the server has removed log that it still needed (its wal_status is 'lost')"));
        }
        return last.filter(this::wasMadeAnew).map(seen -> lost("it was made anew while nobody read it"));
    }

    private Optional<String> otherLog(Seen last) {
        if (!system.isEmpty() && !last.system().isEmpty() && !last.system().equals(system)) {
            return Optional.of(replaced(
                    "it is another server: its system identifier is " + system + ", and was " + last.system()));
        }
        return end < last.confirmed()
                ? Optional.of(replaced("its log ends at " + lsn(end) + ", before " + lsn(last.confirmed())
                        + ", up to which it was read: a backup was put back"))
                : Optional.empty();
    }

    /** A slot that nobody reads stays where it was confirmed, and what was read through it is counted. */
    private boolean wasMadeAnew(Seen last) {
        return confirmed > last.confirmed() && decoded >= 0 && decoded < last.decoded();
    }

    private String lost(String reason) {
        return "Cannot read on from replication slot '" + slot + "': " + reason
                + ". What changed since it was last read is not in it any more, so all tables of the source are loaded"
                + " again. [SLOT_LOST]";
    }

    private String replaced(String reason) {
        return "Cannot read on from the source's database: " + reason + ". Positions in its log do not go on from those"
                + " that the lake's tables have. Have the address of the server that was read before put back; or make"
                + " the tables anew: take the source's file out of sources, run 'tarn up', delete its tables' folders,"
                + " put the file in again, and run 'tarn up'. [SOURCE_REPLACED]";
    }

    private static String lsn(long position) {
        return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & 0xFFFF_FFFFL);
    }
}
