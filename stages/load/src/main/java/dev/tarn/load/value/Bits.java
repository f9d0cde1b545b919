package dev.tarn.load.value;

import java.util.BitSet;

/** Strings of bits: their number, then the bits from the left. */
final class Bits {
    private Bits() {}

    /** One bit. */
    static Boolean bit(byte[] bytes, int at, int length) {
        if (BigEndian.int4(bytes, at) != 1) {
            throw new UnreadableValueException("no bit");
        }
        return bytes[at + Integer.BYTES] != 0;
    }

    /** More bits, as Debezium has them: the last bit first, in bytes up to the last that is not zero. */
    static byte[] bits(byte[] bytes, int at, int length) {
        int count = BigEndian.int4(bytes, at);
        BitSet bits = new BitSet(count);
        for (int i = 0; i < count; i++) {
            int octet = bytes[at + Integer.BYTES + i / Byte.SIZE];
            bits.set(count - 1 - i, (octet >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1) != 0);
        }
        return bits.toByteArray();
    }
}
