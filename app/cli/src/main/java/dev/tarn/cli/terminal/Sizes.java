package dev.tarn.cli.terminal;

/** Sizes of data as people read them. */
public final class Sizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Sizes() {}

    /** Two or three digits and a unit: {@code 640 B}, {@code 9.5 KiB}, {@code 12 MiB}. */
    public static String format(long bytes) {
        int unit = 0;
        long tenths = bytes * 10;
        while (tenths >= 10_240 && unit < UNITS.length - 1) {
            tenths = (tenths + 512) / 1_024;
            unit++;
        }
        return (unit > 0 && tenths < 100 ? tenths / 10 + "." + tenths % 10 : Long.toString((tenths + 5) / 10)) + " "
                + UNITS[unit];
    }
}
