package dev.tarn.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.TableWriterSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobalIndexTest {
    private static final FileLocation HERE = new FileLocation("p=1", "file-1");
    private static final FileLocation THERE = new FileLocation("p=2", "file-2");

    @TempDir
    Path folder;

    private GlobalIndex index(long memoryBytes, int rememberedDeletes) {
        return new GlobalIndex(new TableWriterSettings.Index(memoryBytes, folder.resolve("spill"), rememberedDeletes));
    }

    @Test
    void keyIsFoundWhereItWasPutLast() {
        try (GlobalIndex index = index(1 << 20, 10)) {
            index.put("a", HERE, 1);
            index.put("a", THERE, 2);

            assertThat(index.find("a")).isEqualTo(new IndexEntry(THERE, 2));
            assertThat(index.find("b")).isNull();
            assertThat(index.size()).isEqualTo(1);
        }
    }

    @Test
    void deletedKeyKeepsItsPosition() {
        try (GlobalIndex index = index(1 << 20, 10)) {
            index.put("a", HERE, 1);
            index.delete("a", 5);
            assertThat(index.find("a")).isEqualTo(new IndexEntry(null, 5));

            index.put("a", THERE, 6);
            assertThat(index.find("a")).isEqualTo(new IndexEntry(THERE, 6));
        }
    }

    @Test
    void atLeastHalfOfTheDeletesAreRemembered() {
        try (GlobalIndex index = index(1 << 20, 100)) {
            for (int i = 0; i < 1000; i++) {
                index.delete("k" + i, i);
            }
            for (int i = 950; i < 1000; i++) {
                assertThat(index.find("k" + i)).isNotNull();
            }
            assertThat(index.find("k0")).isNull();
        }
    }

    @Test
    void behavesLikeAMapInMemoryAndOnDisk() {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        System.out.println("behavesLikeAMapInMemoryAndOnDisk: -Dtarn.seed=" + seed);
        for (long memory : new long[] {1L << 30, 300_000}) {
            Random random = new Random(seed);
            Map<String, Long> expected = new HashMap<>();
            try (GlobalIndex index = index(memory, 1)) {
                for (int i = 0; i < 60_000; i++) {
                    String key = "key-" + random.nextInt(20_000);
                    if (random.nextInt(4) == 0) {
                        index.delete(key, i);
                        expected.remove(key);
                    } else {
                        index.put(key, random.nextBoolean() ? HERE : THERE, i);
                        expected.put(key, (long) i);
                    }
                }
                assertThat(index.onDisk()).isEqualTo(memory < 1L << 20);
                assertThat(index.size()).isEqualTo(expected.size());
                for (int i = 0; i < 20_000; i++) {
                    IndexEntry found = index.find("key-" + i);
                    Long order = found == null || found.deleted() ? null : found.order();
                    assertThat(order).as("key-" + i).isEqualTo(expected.get("key-" + i));
                }
            }
        }
    }

    @Test
    void millionKeysStayWellUnder120Megabytes() {
        try (GlobalIndex index = index(1L << 30, 1)) {
            for (int i = 0; i < 1_000_000; i++) {
                index.put(Integer.toString(i), HERE, i);
            }
            assertThat(index.size()).isEqualTo(1_000_000);
            assertThat(index.memoryBytes()).isLessThan(60L << 20);
            assertThat(Objects.requireNonNull(index.find("999999")).order()).isEqualTo(999_999);
        }
    }

    @Test
    void similarKeysHaveDifferentHashes() {
        Map<KeyHash, String> seen = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            for (String key : new String[] {Integer.toString(i), "k" + i, i + ":", "\u0000" + i}) {
                assertThat(seen.put(KeyHash.of(key), key)).isNull();
            }
        }
        assertThat(KeyHash.of("abc")).isNotEqualTo(KeyHash.of("abc\u0000"));
        assertThat(KeyHash.of("")).isNotEqualTo(KeyHash.of("\u0000"));
    }
}
