package dev.tarn.store.index;

import dev.tarn.store.TableWriterSettings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Key → file group and position of the last change, for one table. Not thread-safe. */
public final class GlobalIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalIndex.class);
    private static final int CHECK_EVERY = 4096;

    private final TableWriterSettings.Index settings;
    private final Entries.Found found = new Entries.Found();
    private final List<FileLocation> locations = new ArrayList<>();
    private final Map<FileLocation, Integer> numbers = new HashMap<>();
    private final Tombstones tombstones;
    private Entries entries = new MemoryEntries();
    private int putsUntilCheck = CHECK_EVERY;

    public GlobalIndex(TableWriterSettings.Index settings) {
        this.settings = settings;
        this.tombstones = new Tombstones(settings.rememberedDeletes());
        locations.add(new FileLocation("", "")); // number 0 means "no entry"
    }

    /** What is known about a key, or null for a key never seen or long forgotten. */
    public @Nullable IndexEntry find(String key) {
        KeyHash hash = KeyHash.of(key);
        if (entries.find(hash, found)) {
            return new IndexEntry(locations.get(found.location), found.order);
        }
        return tombstones.find(hash, found) ? new IndexEntry(null, found.order) : null;
    }

    /** The row of this key is now there. */
    public void put(String key, FileLocation location, long order) {
        KeyHash hash = KeyHash.of(key);
        tombstones.remove(hash);
        entries.put(hash, number(location), order);
        checkSize();
    }

    /** As {@link #put}, of a key for which {@link #find} knew no file group: on disk, that takes half the time. */
    public void add(String key, FileLocation location, long order) {
        KeyHash hash = KeyHash.of(key);
        tombstones.remove(hash);
        entries.add(hash, number(location), order);
        checkSize();
    }

    private void checkSize() {
        if (--putsUntilCheck == 0) {
            putsUntilCheck = CHECK_EVERY;
            spillWhenTooBig();
        }
    }

    /** The row of this key was deleted. */
    public void delete(String key, long order) {
        KeyHash hash = KeyHash.of(key);
        entries.remove(hash);
        tombstones.put(hash, order);
    }

    /** Notes a delete that storage still shows, unless the key lives elsewhere. For rebuilding. */
    public void rememberDelete(String key, long order) {
        KeyHash hash = KeyHash.of(key);
        if (!entries.find(hash, found)
                && !(tombstones.find(hash, found) && RowOrder.lsn(found.order) > RowOrder.lsn(order))) {
            tombstones.put(hash, order);
        }
    }

    /** The file groups that hold rows whose last change is before a position in the source's log. */
    public Set<FileLocation> placesOfRowsBefore(long lsn) {
        BitSet found = new BitSet(locations.size());
        entries.forEach((key, location, order) -> {
            if (RowOrder.lsn(order) < lsn) {
                found.set(location);
            }
        });
        return found.stream().mapToObj(locations::get).collect(Collectors.toSet());
    }

    private int number(FileLocation location) {
        Integer number = numbers.get(location);
        if (number == null) {
            number = locations.size();
            locations.add(location);
            numbers.put(location, number);
        }
        return number;
    }

    private void spillWhenTooBig() {
        if (entries instanceof MemoryEntries && entries.memoryBytes() > settings.memoryBytes()) {
            LOG.info(
                    "The index of {} keys takes {} MiB; it moves to {}",
                    entries.size(),
                    entries.memoryBytes() >> 20,
                    settings.spillFolder());
            RocksEntries onDisk = new RocksEntries(settings.spillFolder(), settings.memoryBytes());
            entries.forEach(onDisk::add);
            entries.close();
            entries = onDisk;
        }
    }

    /** Live keys. */
    public long size() {
        return entries.size();
    }

    public boolean onDisk() {
        return entries instanceof RocksEntries;
    }

    /** Memory in use, roughly. */
    public long memoryBytes() {
        return entries.memoryBytes() + tombstones.memoryBytes();
    }

    @Override
    public void close() {
        entries.close();
    }
}
