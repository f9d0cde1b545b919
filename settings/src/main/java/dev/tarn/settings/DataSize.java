package dev.tarn.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written as {@code 512 MiB}. Units are B, KiB, MiB, GiB and TiB, each 1024 of the one before. */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}) ?(B|KiB|MiB|GiB|TiB)");

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("must not be negative");
        }
    }

    /** The size of so many MiB. */
    public static DataSize mebibytes(long mebibytes) {
        return new DataSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    /**
     * Reads {@code 512 MiB}, with or without the space.
     *
     * @throws IllegalArgumentException if it has another form or more than 2^63 - 1 bytes
     */
    public static DataSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            long factor = 1;
            for (int unit = 0; !UNITS[unit].equals(matcher.group(2)); unit++) {
                factor *= 1024;
            }
            long count = Long.parseLong(matcher.group(1));
            if (count <= Long.MAX_VALUE / factor) {
                return new DataSize(count * factor);
            }
        }
        throw new IllegalArgumentException("must be a size such as 512 MiB");
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** In the largest unit that gives a whole number; {@link #parse} reads it back. */
    @Override
    public String toString() {
        long count = bytes;
        int unit = 0;
        while (count != 0 && count % 1024 == 0 && unit < UNITS.length - 1) {
            count /= 1024;
            unit++;
        }
        return count + " " + UNITS[unit];
    }
}
