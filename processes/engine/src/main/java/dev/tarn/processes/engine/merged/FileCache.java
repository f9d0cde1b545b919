package dev.tarn.processes.engine.merged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files in one folder that can be made again. A name stands for what is in the file. Once they are larger together than they may
 * be, those go that were not used for the longest time, but none that is in use.
 */
final class FileCache {
    private static final String UNFINISHED = ".unfinished";

    private final Path folder;
    private final long mostBytes;
    /** The one that was used last is last. */
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private boolean opened;

    /** What a file's name is known to stand for. */
    private static final class Entry {
        private int users;
        private long bytes;
        private boolean made;
    }

    /** Writes a file. */
    interface Maker {
        void make(Path file) throws IOException;
    }

    /** A file that stays until it is closed. */
    final class Use implements AutoCloseable {
        private final Path file;
        private final Entry entry;
        private boolean closed;

        private Use(Path file, Entry entry) {
            this.file = file;
            this.entry = entry;
        }

        Path file() {
            return file;
        }

        @Override
        public void close() {
            synchronized (FileCache.this) {
                if (!closed) {
                    closed = true;
                    entry.users--;
                    evict();
                }
            }
        }
    }

    /**
     * Keeps files that an earlier process has left in the folder.
     *
     * @param folder of these files alone
     */
    FileCache(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** A file that there is. */
    synchronized Optional<Use> find(String name) throws IOException {
        open();
        Entry entry = entries.get(name);
        return entry != null && entry.made && Files.exists(folder.resolve(name))
                ? Optional.of(use(name, entry))
                : Optional.empty();
    }

    /** A file that there is, or else is made. Others who want it meanwhile wait. */
    Use findOrMake(String name, Maker maker) throws IOException {
        Use use;
        synchronized (this) {
            open();
            use = use(name, entries.computeIfAbsent(name, unknown -> new Entry()));
        }
        boolean done = false;
        try {
            synchronized (use.entry) {
                if (!use.entry.made || !Files.exists(use.file)) {
                    make(use, maker);
                }
            }
            done = true;
            return use;
        } finally {
            if (!done) {
                use.close();
            }
        }
    }

    private Use use(String name, Entry entry) {
        entry.users++;
        Path file = folder.resolve(name);
        if (entry.made) {
            touch(file);
        }
        return new Use(file, entry);
    }

    /** For the next process, which knows no other order. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // It is then taken for one that was used earlier.
        }
    }

    private void make(Use use, Maker maker) throws IOException {
        Path unfinished = use.file.resolveSibling(use.file.getFileName() + UNFINISHED);
        try {
            maker.make(unfinished);
            long bytes = Files.size(unfinished);
            Files.move(unfinished, use.file, StandardCopyOption.ATOMIC_MOVE);
            synchronized (this) {
                use.entry.bytes = bytes;
                use.entry.made = true;
                evict();
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private synchronized void evict() {
        long bytes = entries.values().stream().mapToLong(entry -> entry.bytes).sum();
        for (Map.Entry<String, Entry> oldest : List.copyOf(entries.entrySet())) {
            Entry entry = oldest.getValue();
            if (entry.users == 0 && (!entry.made || bytes > mostBytes)) {
                bytes -= entry.bytes;
                delete(folder.resolve(oldest.getKey()));
                entries.remove(oldest.getKey());
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next process finds it, and it counts again.
        }
    }

    private void open() throws IOException {
        if (opened) {
            return;
        }
        Files.createDirectories(folder);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(found::add);
        }
        Map<Path, FileTime> times = new LinkedHashMap<>();
        for (Path file : found) {
            if (file.toString().endsWith(UNFINISHED)) {
                Files.deleteIfExists(file);
            } else {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        for (Path file :
                times.keySet().stream().sorted(Comparator.comparing(times::get)).toList()) {
            Entry entry = new Entry();
            entry.bytes = Files.size(file);
            entry.made = true;
            entries.put(file.getFileName().toString(), entry);
        }
        opened = true;
    }
}
