package dev.tarn.store.index;

/**
 * The last deleted keys with the position of their delete. Two generations: when the young one is full it becomes the
 * old one and the old one is forgotten, so at least half of the capacity is always remembered.
 */
final class Tombstones {
    private static final int DELETED = 1;

    private final int generationSize;
    private MemoryEntries young = new MemoryEntries();
    private MemoryEntries old = new MemoryEntries();

    Tombstones(int capacity) {
        this.generationSize = Math.max(1, capacity / 2);
    }

    boolean find(KeyHash key, Entries.Found found) {
        return young.find(key, found) || old.find(key, found);
    }

    void put(KeyHash key, long order) {
        old.remove(key);
        young.put(key, DELETED, order);
        if (young.size() >= generationSize) {
            old = young;
            young = new MemoryEntries();
        }
    }

    void remove(KeyHash key) {
        young.remove(key);
        old.remove(key);
    }

    long size() {
        return young.size() + old.size();
    }

    long memoryBytes() {
        return young.memoryBytes() + old.memoryBytes();
    }
}
