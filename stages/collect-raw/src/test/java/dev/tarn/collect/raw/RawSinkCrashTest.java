package dev.tarn.collect.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.collect.raw.FaultyStore.Fault;
import dev.tarn.collect.raw.storage.LocalStore;
import dev.tarn.testing.gate.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever step the process ends at, each record is in exactly one file. */
class RawSinkCrashTest {
    private static final TopicPartition ORDERS = new TopicPartition("shop.orders", 0);
    private static final TopicPartition LINES = new TopicPartition("shop.lines", 3);
    private static final int ROUNDS = Rounds.of("tarn.rounds", 1, 15);

    @TempDir
    private Path folder;

    private RegistryServer registry;
    private final TestClock clock = new TestClock();

    @BeforeEach
    void startRegistry() throws IOException {
        registry = RegistryServer.start();
        for (int version = 1; version <= 3; version++) {
            registry.put(version * 10, Works.schema(version));
        }
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void everyRecordIsInExactlyOneFileWhateverStepTheProcessEndsAt() throws IOException {
        // -Dtarn.seed=N -Dtarn.rounds=1 runs one round again.
        long first = Long.getLong("tarn.seed", System.nanoTime());
        for (long seed = first; seed < first + ROUNDS; seed++) {
            round(seed, folder.resolve(Long.toString(seed)));
        }
    }

    private void round(long seed, Path root) throws IOException {
        Random random = new Random(seed);
        TestWorker worker = new TestWorker();
        Map<Long, String> orders = produce(worker, ORDERS, random);
        Map<Long, String> lines = produce(worker, LINES, random);
        int lives = 0;
        boolean done = false;
        while (!done) {
            // The last lives are quiet, or a round would never end.
            boolean quiet = ++lives > 40;
            assertThat(lives).as("lives, seed %d", seed).isLessThan(60);
            int calm = 5 + random.nextInt(30);
            RawSettings settings = settings(root, 3 + random.nextInt(30));
            try {
                worker.startTask(
                        settings,
                        new FaultyStore(
                                new LocalStore(root), step -> quiet || step < calm ? Fault.NONE : fault(random)),
                        clock);
                done = live(worker, random);
            } catch (FaultyStore.Crash e) {
                // The next life begins.
            }
        }
        assertThat(StoredFile.paths(root))
                .as("seed %d leaves nothing unfinished", seed)
                .noneMatch(path -> path.startsWith("."));
        requireEqual(found(root, ORDERS), orders, seed);
        requireEqual(found(root, LINES), lines, seed);
    }

    private static void requireEqual(Map<Long, String> found, Map<Long, String> expected, long seed) {
        Set<Map.Entry<Long, String>> lost = new LinkedHashSet<>(expected.entrySet());
        lost.removeAll(found.entrySet());
        Set<Map.Entry<Long, String>> invented = new LinkedHashSet<>(found.entrySet());
        invented.removeAll(expected.entrySet());
        assertThat(lost).as("lost, seed %d", seed).isEmpty();
        assertThat(invented).as("invented, seed %d", seed).isEmpty();
    }

    private static Fault fault(Random random) {
        return random.nextInt(6) > 0 ? Fault.NONE : Fault.values()[random.nextInt(Fault.values().length)];
    }

    /** Until all is in finished files, or the task stops in the middle of its work. */
    private boolean live(TestWorker worker, Random random) {
        for (int turns = 0; !worker.isAtEnd(); turns++) {
            assertThat(turns).as("turns of one life").isLessThan(5_000);
            worker.turn(1 + random.nextInt(25));
            clock.advance(Duration.ofSeconds(random.nextInt(20)));
            if (random.nextInt(3) == 0) {
                worker.commit();
            }
            if (random.nextInt(50) == 0) {
                throw new FaultyStore.Crash();
            }
        }
        clock.advance(Duration.ofMinutes(2));
        worker.turn(1);
        worker.commit();
        return worker.isAtEnd();
    }

    /** What each offset should be found as. */
    private static Map<Long, String> produce(TestWorker worker, TopicPartition id, Random random) {
        Map<Long, String> expected = new TreeMap<>();
        long offset = random.nextInt(1000);
        int version = 1;
        for (int i = 0; i < 150; i++) {
            offset += random.nextInt(20) == 0 ? 1 + random.nextInt(5) : 1; // Compaction and transactions leave holes.
            int kind = random.nextInt(30);
            if (kind == 0) {
                worker.produce(id, offset, new byte[] {1, 2, (byte) offset}, null);
                expected.put(offset, "tombstones");
            } else if (kind == 1) {
                worker.produce(id, offset, null, new byte[] {'{', '}', ' ', ' ', ' ', ' '});
                expected.put(offset, "quarantine");
            } else {
                if (random.nextInt(4) == 0) {
                    version = 1 + random.nextInt(3);
                }
                worker.produce(id, offset, null, Works.encoded(version * 10, version, offset));
                expected.put(
                        offset, "topics " + Works.schema(version).getFields().size() + " " + offset);
            }
        }
        return expected;
    }

    private static Map<Long, String> found(Path root, TopicPartition id) throws IOException {
        Map<Long, String> found = new TreeMap<>();
        for (StoredFile file : StoredFile.all(root)) {
            if (!file.path().contains("/" + id.topic() + "/partition=" + id.partition() + "/")) {
                continue;
            }
            assertThat(file.offsets()).as(file.path()).hasSameSizeAs(file.records());
            String section = file.path().substring(0, file.path().indexOf('/'));
            for (int i = 0; i < file.records().size(); i++) {
                GenericRecord row = file.records().get(i);
                String content = section.equals("topics")
                        ? "topics " + file.schema().getFields().size() + " " + row.get("id")
                        : section;
                assertThat(found.put(file.offsets().get(i), content))
                        .as(
                                "offset %d is in %s and in another file",
                                file.offsets().get(i), file.path())
                        .isNull();
            }
        }
        return found;
    }

    private RawSettings settings(Path root, int flushRecords) {
        return RawSettings.of(Map.of(
                RawSettings.PATH, root.toString(),
                RawSettings.REGISTRY, registry.url(),
                RawSettings.RETRIES, "1000",
                RawSettings.FLUSH_RECORDS, Integer.toString(flushRecords)));
    }
}
