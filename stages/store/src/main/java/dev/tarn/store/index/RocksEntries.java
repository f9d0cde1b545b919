package dev.tarn.store.index;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Entries on disk, for tables whose keys do not fit the memory budget. The folder is scratch: emptied at open and close. */
final class RocksEntries implements Entries {
    private static final long CACHE_BYTES = 64L << 20;
    private static final long WRITE_BUFFER_BYTES = 16L << 20;
    /** Of the cache's 64 by default, none holds a block of a megabyte. */
    private static final int CACHE_SHARD_BITS = 2;

    private static final int BATCH = 1_000;
    private static final int FILTER_BYTES = 8 << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final Path folder;
    private final KeyFilter filter;
    private final LRUCache cache = new LRUCache(CACHE_BYTES, CACHE_SHARD_BITS);
    private final BloomFilter bloom = new BloomFilter(10);
    private final Options options = new Options();
    private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
    private final RocksDB db;
    private final byte[] keyBuffer = new byte[2 * Long.BYTES];
    private final byte[] valueBuffer = new byte[Integer.BYTES + Long.BYTES];
    private WriteBatch pending = new WriteBatch();
    private final java.util.HashMap<KeyHash, long[]> unwritten = new java.util.HashMap<>();
    private long size;

    /** @param memoryBytes that it may use besides RocksDB's, for as many keys as they suffice */
    RocksEntries(Path folder, long memoryBytes) {
        this.folder = folder;
        this.filter = new KeyFilter(FILTER_BYTES, memoryBytes);
        try {
            deleteFolder();
            Files.createDirectories(folder);
            options.setCreateIfMissing(true)
                    .setWriteBufferSize(WRITE_BUFFER_BYTES)
                    .setMaxBackgroundJobs(2)
                    .setCompressionType(CompressionType.NO_COMPRESSION)
                    .setTableFormatConfig(new BlockBasedTableConfig()
                            .setBlockCache(cache)
                            .setFilterPolicy(bloom)
                            .setCacheIndexAndFilterBlocks(true)
                            // In pieces: the whole filter of a file is megabytes, and was read anew for each key.
                            .setIndexType(IndexType.kTwoLevelIndexSearch)
                            .setPartitionFilters(true)
                            .setPinTopLevelIndexAndFilter(true)
                            .setBlockSize(8 << 10));
            db = RocksDB.open(options, folder.toString());
        } catch (RocksDBException | IOException e) {
            throw failure(e);
        }
    }

    @Override
    public boolean find(KeyHash key, Found found) {
        long[] waiting = unwritten.get(key);
        if (waiting != null) {
            found.location = (int) waiting[0];
            found.order = waiting[1];
            return found.location != 0;
        }
        if (!filter.mayHold(key)) {
            return false;
        }
        try {
            if (db.get(keyBytes(key), valueBuffer) == RocksDB.NOT_FOUND) {
                return false;
            }
            ByteBuffer value = ByteBuffer.wrap(valueBuffer);
            found.location = value.getInt();
            found.order = value.getLong();
            return true;
        } catch (RocksDBException e) {
            throw failure(e);
        }
    }

    @Override
    public void put(KeyHash key, int location, long order) {
        if (!find(key, new Found())) {
            size++;
        }
        write(key, location, order);
    }

    @Override
    public void add(KeyHash key, int location, long order) {
        size++;
        write(key, location, order);
    }

    @Override
    public void remove(KeyHash key) {
        if (find(key, new Found())) {
            size--;
            write(key, 0, 0);
        }
    }

    private void write(KeyHash key, int location, long order) {
        try {
            if (location == 0) {
                pending.delete(keyBytes(key));
            } else {
                byte[] value = ByteBuffer.allocate(valueBuffer.length)
                        .putInt(location)
                        .putLong(order)
                        .array();
                pending.put(keyBytes(key), value);
                filter.add(key);
            }
            unwritten.put(key, new long[] {location, order});
            if (unwritten.size() >= BATCH) {
                flush();
            }
        } catch (RocksDBException e) {
            throw failure(e);
        }
    }

    private void flush() throws RocksDBException {
        db.write(writeOptions, pending);
        pending.clear();
        unwritten.clear();
    }

    private byte[] keyBytes(KeyHash key) {
        ByteBuffer.wrap(keyBuffer).putLong(key.high()).putLong(key.low());
        return keyBuffer;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long memoryBytes() {
        return CACHE_BYTES + 2 * WRITE_BUFFER_BYTES + filter.memoryBytes();
    }

    @Override
    public void forEach(Visitor visitor) {
        try {
            flush();
        } catch (RocksDBException e) {
            throw failure(e);
        }
        try (RocksIterator iterator = db.newIterator()) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                ByteBuffer key = ByteBuffer.wrap(iterator.key());
                ByteBuffer value = ByteBuffer.wrap(iterator.value());
                visitor.visit(new KeyHash(key.getLong(), key.getLong()), value.getInt(), value.getLong());
            }
        }
    }

    @Override
    public void close() {
        pending.close();
        db.close();
        writeOptions.close();
        options.close();
        bloom.close();
        cache.close();
        try {
            deleteFolder();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteFolder() throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                List<Path> deepestFirst =
                        paths.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            }
        }
    }

    private TarnException failure(Exception cause) {
        return new TarnException(
                ErrorKind.RESOURCES,
                "STORE_INDEX",
                "Cannot keep the key index in '" + folder + "': " + cause.getMessage()
                        + ". Check that the disk has room, or give the index more memory.",
                cause);
    }
}
