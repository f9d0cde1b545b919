package dev.tarn.store.index;

/**
 * Entries in memory, 28 bytes each plus a fifth to a third of free room. Cut into segments so that growing needs room
 * for one segment twice, never for all.
 */
final class MemoryEntries implements Entries {
    private static final int SEGMENTS = 64;

    private final Segment[] segments = new Segment[SEGMENTS];

    MemoryEntries() {
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new Segment();
        }
    }

    private Segment segment(KeyHash key) {
        return segments[(int) key.low() & SEGMENTS - 1];
    }

    @Override
    public boolean find(KeyHash key, Found found) {
        return segment(key).find(key, found);
    }

    @Override
    public void put(KeyHash key, int location, long order) {
        segment(key).put(key, location, order);
    }

    @Override
    public void add(KeyHash key, int location, long order) {
        put(key, location, order);
    }

    @Override
    public void remove(KeyHash key) {
        segment(key).remove(key);
    }

    @Override
    public long size() {
        long size = 0;
        for (Segment segment : segments) {
            size += segment.size;
        }
        return size;
    }

    @Override
    public long memoryBytes() {
        long slots = 0;
        for (Segment segment : segments) {
            slots += segment.locations.length;
        }
        return slots * (3 * Long.BYTES + Integer.BYTES);
    }

    @Override
    public void forEach(Visitor visitor) {
        for (Segment segment : segments) {
            segment.forEach(visitor);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new Segment();
        }
    }

    /** An open-addressing table with linear probing; a location of 0 marks a free slot. */
    private static final class Segment {
        private long[] highs = new long[16];
        private long[] lows = new long[16];
        private long[] orders = new long[16];
        private int[] locations = new int[16];
        private int size;

        /** The slot of the key, or the free slot where it belongs. */
        private int slot(long high, long low) {
            int slot = home(high);
            while (locations[slot] != 0 && (highs[slot] != high || lows[slot] != low)) {
                slot = next(slot);
            }
            return slot;
        }

        private int home(long high) {
            return (int) ((high >>> 32) * locations.length >>> 32);
        }

        private int next(int slot) {
            return slot + 1 == locations.length ? 0 : slot + 1;
        }

        boolean find(KeyHash key, Found found) {
            int slot = slot(key.high(), key.low());
            found.location = locations[slot];
            found.order = orders[slot];
            return locations[slot] != 0;
        }

        void put(KeyHash key, int location, long order) {
            int slot = slot(key.high(), key.low());
            if (locations[slot] == 0) {
                if (++size > locations.length * 4L / 5) {
                    grow();
                    slot = slot(key.high(), key.low());
                }
                highs[slot] = key.high();
                lows[slot] = key.low();
            }
            locations[slot] = location;
            orders[slot] = order;
        }

        void remove(KeyHash key) {
            int gap = slot(key.high(), key.low());
            if (locations[gap] == 0) {
                return;
            }
            size--;
            // Entries behind the gap move up where their probing would otherwise stop at it.
            for (int slot = next(gap); locations[slot] != 0; slot = next(slot)) {
                int home = home(highs[slot]);
                boolean staysReachable = gap <= slot ? gap < home && home <= slot : gap < home || home <= slot;
                if (!staysReachable) {
                    move(slot, gap);
                    gap = slot;
                }
            }
            locations[gap] = 0;
        }

        private void move(int from, int to) {
            highs[to] = highs[from];
            lows[to] = lows[from];
            orders[to] = orders[from];
            locations[to] = locations[from];
        }

        private void grow() {
            long[] oldHighs = highs;
            long[] oldLows = lows;
            long[] oldOrders = orders;
            int[] oldLocations = locations;
            int capacity = oldLocations.length + oldLocations.length / 3 + 1;
            highs = new long[capacity];
            lows = new long[capacity];
            orders = new long[capacity];
            locations = new int[capacity];
            for (int i = 0; i < oldLocations.length; i++) {
                if (oldLocations[i] != 0) {
                    int slot = slot(oldHighs[i], oldLows[i]);
                    highs[slot] = oldHighs[i];
                    lows[slot] = oldLows[i];
                    orders[slot] = oldOrders[i];
                    locations[slot] = oldLocations[i];
                }
            }
        }

        void forEach(Visitor visitor) {
            for (int i = 0; i < locations.length; i++) {
                if (locations[i] != 0) {
                    visitor.visit(new KeyHash(highs[i], lows[i]), locations[i], orders[i]);
                }
            }
        }
    }
}
