package dev.tarn.bench;

import java.util.Arrays;
import java.util.Random;

/** The ids of the rows that one writer may change; several writers share a table by the rest of a division. */
final class LiveIds {
    private final int step;
    private long[] ids;
    private int size;
    private long next;

    /**
     * @param rows ids from 1 to this one are there
     * @param writer its number, from 0
     * @param writers how many there are
     */
    LiveIds(int rows, int writer, int writers) {
        this.step = writers;
        this.ids = new long[rows / writers + 1];
        this.next = writer + 1L;
        while (next <= rows) {
            add();
        }
    }

    /** The id of a new row. */
    long add() {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        long id = next;
        ids[size++] = id;
        next += step;
        return id;
    }

    /** Any id. */
    long pick(Random random) {
        return ids[random.nextInt(size)];
    }

    /** Any id, never to be given again. */
    long remove(Random random) {
        int place = random.nextInt(size);
        long id = ids[place];
        ids[place] = ids[--size];
        return id;
    }
}
