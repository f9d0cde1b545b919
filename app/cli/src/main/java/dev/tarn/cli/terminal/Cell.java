package dev.tarn.cli.terminal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One value of a {@link Table}, as people read it and as programs read it.
 *
 * @param human for the table; several lines where it holds line feeds
 * @param value for JSON and CSV: text, a number, or null where there is none
 * @param style a style of picocli, such as {@code green}; empty for none
 */
public record Cell(String human, @Nullable Object value, String style) {
    private static final Cell NONE = new Cell("-", null, "");

    /** A text; null shows as a dash. */
    public static Cell text(@Nullable String text) {
        return text == null ? NONE : new Cell(text, text, "");
    }

    /** A text in a colour. */
    public static Cell coloured(String text, String style) {
        return new Cell(text, text, style);
    }

    /** A whole number. */
    public static Cell number(@Nullable Long number) {
        return number == null ? NONE : new Cell(Long.toString(number), number, "");
    }

    /** A size: MiB for people, bytes for programs. */
    public static Cell memory(@Nullable Long bytes) {
        return bytes == null ? NONE : new Cell((bytes + 512 * 1024) / (1024 * 1024) + " MiB", bytes, "");
    }

    /** A size of data: {@code 640 B}, {@code 9.5 KiB}, {@code 12 MiB} for people, bytes for programs. */
    public static Cell size(@Nullable Long bytes) {
        return bytes == null ? NONE : new Cell(Sizes.format(bytes), bytes, "");
    }

    /** A short time span: {@code 42ms}, {@code 4.2s}, {@code 3m12s} for people, milliseconds for programs. */
    public static Cell millis(@Nullable Long millis) {
        return millis == null ? NONE : new Cell(Durations.formatMillis(millis), millis, "");
    }

    /** A position in a database's log: {@code 0/2A3F10} for people, the number for programs. */
    public static Cell lsn(@Nullable Long lsn) {
        return lsn == null ? NONE : new Cell(Lsns.format(lsn), lsn, "");
    }

    /** A time span: {@code 3m12s} for people, milliseconds for programs. */
    public static Cell duration(@Nullable Long millis) {
        return millis == null ? NONE : new Cell(Durations.format(Duration.ofMillis(millis)), millis, "");
    }
}
