package dev.tarn.cli.terminal;

import java.util.Locale;

/** Positions in PostgreSQL's log as PostgreSQL writes them. */
public final class Lsns {
    private Lsns() {}

    /** Two halves in hexadecimal digits: {@code 0/2A3F10}. */
    public static String format(long lsn) {
        return String.format(Locale.ROOT, "%X/%X", lsn >>> 32, lsn & 0xFFFF_FFFFL);
    }
}
