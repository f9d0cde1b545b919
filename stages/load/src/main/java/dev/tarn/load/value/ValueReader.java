package dev.tarn.load.value;

/** Makes a value of the lake from the bytes of one field of a binary COPY. Readers keep no state: threads share them. */
@FunctionalInterface
public interface ValueReader {

    /**
     * Reads a value that is not null.
     *
     * @throws UnreadableValueException if Debezium would refuse it, or the bytes are not what they should be
     */
    Object read(byte[] bytes, int at, int length);
}
