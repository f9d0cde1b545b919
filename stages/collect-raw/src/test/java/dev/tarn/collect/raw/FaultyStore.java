package dev.tarn.collect.raw;

import dev.tarn.collect.raw.storage.RawStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** A real store in which single steps go wrong: before or after they are done, by an error or by the process's end. */
final class FaultyStore implements RawStore {
    private final RawStore store;
    private final IntFunction<Fault> faults;
    private int steps;

    /** What goes wrong at a step. */
    enum Fault {
        NONE,
        CRASH_BEFORE,
        CRASH_AFTER,
        FAIL_BEFORE,
        FAIL_AFTER
    }

    /** The end of the process. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    /** @param faults what goes wrong at the step of this number, counted from 0 */
    FaultyStore(RawStore store, IntFunction<Fault> faults) {
        this.store = store;
        this.faults = faults;
    }

    private <T> T step(Step<T> step) throws IOException {
        Fault fault = faults.apply(steps++);
        if (fault == Fault.CRASH_BEFORE) {
            throw new Crash();
        }
        if (fault == Fault.FAIL_BEFORE) {
            throw new IOException("No space left on device");
        }
        T result = step.run();
        if (fault == Fault.CRASH_AFTER) {
            throw new Crash();
        }
        if (fault == Fault.FAIL_AFTER) {
            throw new IOException("Connection reset");
        }
        return result;
    }

    @Override
    public Path drafts(String name) throws IOException {
        return step(() -> store.drafts(name));
    }

    @Override
    public List<String> names(String folder) throws IOException {
        return step(() -> store.names(folder));
    }

    @Override
    public InputStream open(String path) throws IOException {
        return step(() -> store.open(path));
    }

    @Override
    public void publish(Path draft, String path) throws IOException {
        step(() -> {
            store.publish(draft, path);
            return path;
        });
    }

    @Override
    public void delete(String path) throws IOException {
        step(() -> {
            store.delete(path);
            return path;
        });
    }

    @Override
    public String describe(String path) {
        return store.describe(path);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
