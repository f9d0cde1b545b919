package dev.tarn.processes.engine.merged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {
    private static final long ROOM_FOR_TWO = 25;

    @TempDir
    private Path folder;

    private static void tenBytes(Path file) throws IOException {
        Files.write(file, new byte[10]);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theOneThatWasNotUsedForLongestGoes() throws Exception {
        FileCache cache = new FileCache(folder, ROOM_FOR_TWO);
        cache.findOrMake("a", FileCacheTest::tenBytes).close();
        cache.findOrMake("b", FileCacheTest::tenBytes).close();
        cache.find("a").orElseThrow().close();

        cache.findOrMake("c", FileCacheTest::tenBytes).close();

        assertThat(files()).containsExactly("a", "c");
        assertThat(cache.find("b")).isEmpty();
    }

    @Test
    void whatIsInUseStaysUntilItIsClosed() throws Exception {
        FileCache cache = new FileCache(folder, ROOM_FOR_TWO);
        FileCache.Use a = cache.findOrMake("a", FileCacheTest::tenBytes);
        FileCache.Use again = cache.find("a").orElseThrow();
        FileCache.Use b = cache.findOrMake("b", FileCacheTest::tenBytes);
        FileCache.Use c = cache.findOrMake("c", FileCacheTest::tenBytes);

        assertThat(files()).containsExactly("a", "b", "c");
        a.close();
        a.close();
        assertThat(a.file()).exists();
        again.close();

        assertThat(files()).containsExactly("b", "c");
        b.close();
        c.close();
        assertThat(files()).containsExactly("b", "c");
    }

    @Test
    void whatCannotBeMadeLeavesNothing() throws Exception {
        FileCache cache = new FileCache(folder, ROOM_FOR_TWO);

        assertThatThrownBy(() -> cache.findOrMake("a", file -> {
                    Files.write(file, new byte[5]);
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");

        assertThat(files()).isEmpty();
        cache.findOrMake("a", FileCacheTest::tenBytes).close();
        assertThat(files()).containsExactly("a");
    }

    @Test
    void aFileThatSomebodyDeletedIsMadeAgain() throws Exception {
        FileCache cache = new FileCache(folder, ROOM_FOR_TWO);
        cache.findOrMake("a", FileCacheTest::tenBytes).close();
        Files.delete(folder.resolve("a"));

        assertThat(cache.find("a")).isEmpty();
        cache.findOrMake("a", FileCacheTest::tenBytes).close();
        assertThat(files()).containsExactly("a");
    }

    @Test
    void theNextProcessKnowsWhatWasUsedLast() throws Exception {
        Files.write(folder.resolve("a"), new byte[10]);
        Files.write(folder.resolve("b"), new byte[10]);
        Files.write(folder.resolve("c.unfinished"), new byte[10]);
        Files.setLastModifiedTime(folder.resolve("a"), FileTime.from(Instant.parse("2026-11-22T10:00:00Z")));
        Files.setLastModifiedTime(folder.resolve("b"), FileTime.from(Instant.parse("2026-11-21T10:00:00Z")));
        FileCache cache = new FileCache(folder, ROOM_FOR_TWO);

        cache.findOrMake("d", FileCacheTest::tenBytes).close();

        assertThat(files()).containsExactly("a", "d");
    }

    @Test
    void whoComesMeanwhileWaitsForTheSameFile() throws Exception {
        FileCache cache = new FileCache(folder, ROOM_FOR_TWO);
        AtomicInteger made = new AtomicInteger();
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            FileCache.Maker slow = file -> {
                made.incrementAndGet();
                making.countDown();
                try {
                    asked.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                tenBytes(file);
            };
            Future<FileCache.Use> first = threads.submit(() -> cache.findOrMake("a", slow));
            making.await();
            Future<FileCache.Use> second = threads.submit(() -> cache.findOrMake("a", slow));
            assertThat(cache.find("a")).as("not before it is whole").isEmpty();
            asked.countDown();

            assertThat(first.get().file()).isEqualTo(second.get().file()).hasSize(10);
            assertThat(made).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
