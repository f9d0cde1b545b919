package dev.tarn.load.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Reads {@code numeric}: groups of four decimal digits, the position of the first group, the sign and the digits after the
 * point (numeric_send in PostgreSQL's numeric.c).
 */
final class Numerics {
    private static final int HEADER = 8;
    private static final int NEGATIVE = 0x4000;
    private static final int POSITIVE = 0x0000;
    private static final int DIGITS_A_GROUP = 4;
    private static final int GROUP = 10_000;
    // With so many groups and digits, nothing on the way to a long overflows.
    private static final int GROUPS_OF_A_LONG = 4;
    private static final int DIGITS_OF_A_LONG = 18;
    private static final long[] TENS = new long[DIGITS_OF_A_LONG + 1];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
    }

    private Numerics() {}

    /** The reader for a column with digits; its values have this scale. */
    static ValueReader ofScale(int scale) {
        return (bytes, at, length) -> decimal(bytes, at, scale);
    }

    /** A value of a column without digits: as text, with the zeros at its end left out as Debezium does. */
    static Object text(byte[] bytes, int at, int length) {
        BigDecimal value = decimal(bytes, at, BigEndian.int2(bytes, at + 6)).stripTrailingZeros();
        return value.toPlainString();
    }

    private static BigDecimal decimal(byte[] bytes, int at, int scale) {
        int groups = BigEndian.int2(bytes, at);
        int weight = BigEndian.int2(bytes, at + 2);
        int sign = BigEndian.int2(bytes, at + 4) & 0xffff;
        if (sign != POSITIVE && sign != NEGATIVE) {
            throw new UnreadableValueException(sign == 0xc000 ? "NaN" : sign == 0xd000 ? "Infinity" : "-Infinity");
        }
        // The power of ten of the last group, counted in units of the scale.
        int shift = (weight - groups + 1) * DIGITS_A_GROUP + scale;
        if (groups <= GROUPS_OF_A_LONG && (weight + 1) * DIGITS_A_GROUP + scale <= DIGITS_OF_A_LONG) {
            long value = 0;
            for (int i = 0; i < groups; i++) {
                value = value * GROUP + BigEndian.int2(bytes, at + HEADER + 2 * i);
            }
            if (shift >= 0) {
                value = groups == 0 ? 0 : value * TENS[shift];
            } else {
                // Groups end at four digits; those beyond the scale are zeros.
                value /= TENS[-shift];
            }
            return BigDecimal.valueOf(sign == NEGATIVE ? -value : value, scale);
        }
        return large(bytes, at, groups, sign == NEGATIVE, shift, scale);
    }

    private static BigDecimal large(byte[] bytes, int at, int groups, boolean isNegative, int shift, int scale) {
        StringBuilder digits = new StringBuilder(groups * DIGITS_A_GROUP + 1).append('0');
        for (int i = 0; i < groups; i++) {
            String group = Integer.toString(BigEndian.int2(bytes, at + HEADER + 2 * i));
            digits.append("0000", group.length(), DIGITS_A_GROUP).append(group);
        }
        BigInteger value = new BigInteger(digits.toString());
        return new BigDecimal(isNegative ? value.negate() : value, scale - shift)
                .setScale(scale, RoundingMode.UNNECESSARY);
    }
}
