package dev.tarn.store.index;

/** A map from key hashes to a location number, above 0, and an order. Not thread-safe. */
interface Entries extends AutoCloseable {

    /** Looks up a key and fills {@code found}; false when it is not there. */
    boolean find(KeyHash key, Found found);

    void put(KeyHash key, int location, long order);

    /** As {@link #put}, of a key that is known not to be there: it is not looked up. */
    void add(KeyHash key, int location, long order);

    void remove(KeyHash key);

    long size();

    /** Memory in use, Java heap and native together, roughly. */
    long memoryBytes();

    void forEach(Visitor visitor);

    @Override
    void close();

    /** Holds what {@link #find} found; one instance is used again and again. */
    final class Found {
        int location;
        long order;
    }

    /** Takes each entry. */
    interface Visitor {
        void visit(KeyHash key, int location, long order);
    }
}
