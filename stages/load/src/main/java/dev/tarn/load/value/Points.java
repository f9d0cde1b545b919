package dev.tarn.load.value;

import java.math.BigDecimal;

/** Points of a plane as the lake sink writes them: {@code (1.5,2)}. */
final class Points {
    private Points() {}

    static String point(byte[] bytes, int at, int length) {
        return "(" + number(bytes, at) + "," + number(bytes, at + Double.BYTES) + ")";
    }

    private static String number(byte[] bytes, int at) {
        double value = Double.longBitsToDouble(BigEndian.int8(bytes, at));
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }
}
