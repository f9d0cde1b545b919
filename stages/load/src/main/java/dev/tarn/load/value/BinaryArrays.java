package dev.tarn.load.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads arrays: the number of dimensions, whether there are nulls, the type of elements, for each dimension its length and
 * lower bound; then the elements, each with its length (array_send in PostgreSQL's arrayfuncs.c).
 */
record BinaryArrays(ValueReader elements) implements ValueReader {
    private static final int HEADER = 3 * Integer.BYTES;
    private static final int DIMENSION = 2 * Integer.BYTES;

    @Override
    public Object read(byte[] bytes, int at, int length) {
        int dimensions = BigEndian.int4(bytes, at);
        if (dimensions == 0) {
            return List.of();
        }
        if (dimensions > 1) {
            throw new UnreadableValueException("an array of arrays");
        }
        int count = BigEndian.int4(bytes, at + HEADER);
        int next = at + HEADER + DIMENSION;
        List<@Nullable Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int elementLength = BigEndian.int4(bytes, next);
            next += Integer.BYTES;
            values.add(elementLength < 0 ? null : elements.read(bytes, next, elementLength));
            next += Math.max(0, elementLength);
        }
        return values;
    }
}
