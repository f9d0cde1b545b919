package dev.tarn.processes.engine.asof;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;

/** A moment at which a user wants to see a table. {@code toString} gives a form that {@link #parse} takes. */
public sealed interface Moment {
    /**
     * A commit of a table, the state right after it.
     *
     * @param name as Hudi writes it, such as {@code 20261122103000123}
     */
    record Instant(String name) implements Moment {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A time of the clock. */
    record Time(java.time.Instant at) implements Moment {
        @Override
        public String toString() {
            return at.toString();
        }
    }

    /** @param span before now, positive */
    record Ago(Duration span) implements Moment {
        @Override
        public String toString() {
            long seconds = span.toSeconds();
            if (seconds % 86_400 == 0) {
                return "-" + seconds / 86_400 + "d";
            }
            if (seconds % 3_600 == 0) {
                return "-" + seconds / 3_600 + "h";
            }
            return seconds % 60 == 0 ? "-" + seconds / 60 + "m" : "-" + seconds + "s";
        }
    }

    /** @param position in the source's log, where all changes up to it count; compare it as an unsigned number */
    record Lsn(long position) implements Moment {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & 0xFFFF_FFFFL);
        }
    }

    /** The newest state. */
    record Now() implements Moment {
        @Override
        public String toString() {
            return "now";
        }
    }

    /**
     * Reads what a user wrote.
     *
     * @param text such as {@code 20261122103000123}, {@code 2026-11-22T10:00:00Z}, {@code 2026-11-22 10:00} (in UTC),
     *     {@code 2026-11-22}, {@code -2h}, {@code 0/2A3F10} or {@code now}
     * @throws RefusedException with the code MOMENT if it is none of these
     */
    static Moment parse(String text) {
        String word = text.strip();
        try {
            if (word.equalsIgnoreCase("now")) {
                return new Now();
            }
            if (MomentForms.INSTANT.matcher(word).matches()) {
                MomentForms.INSTANT_DATE.parse(word.substring(0, 14));
                return new Instant(word);
            }
            Matcher ago = MomentForms.AGO.matcher(word);
            if (ago.matches()) {
                return new Ago(MomentForms.span(Long.parseLong(ago.group(1)), ago.group(2)));
            }
            Matcher lsn = MomentForms.LSN.matcher(word);
            if (lsn.matches()) {
                return new Lsn(Long.parseLong(lsn.group(1), 16) << 32 | Long.parseLong(lsn.group(2), 16));
            }
            return new Time(MomentForms.time(word));
        } catch (DateTimeException e) {
            throw new RefusedException(
                    400,
                    "MOMENT",
                    "Cannot read moment '" + text + "': it is none of the forms of a moment. Give a time"
                            + " (2026-11-22T10:00:00Z, '2026-11-22 10:00' or 2026-11-22; without a zone it is UTC), a"
                            + " span before now (-45s, -30m, -2h, -7d), an instant of the table (20261122103000123), a"
                            + " position in the source's log (0/2A3F10), or 'now'.");
        }
    }
}
