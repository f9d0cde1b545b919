package dev.tarn.processes.engine.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tarn.processes.engine.TestSpark;
import dev.tarn.processes.engine.hudi.HudiTable;
import dev.tarn.processes.engine.hudi.TimelineEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that Spark writes; every number is counted again from the names and sizes of the files on disk. */
class TableStatsTest {
    private static final int ROWS = 1_000;

    @TempDir
    private static Path folder;

    private static SparkSession session;

    /**
     * @param fileId of its group
     * @param instant of its base file, also for a log
     */
    private record DiskFile(String partition, String fileId, String instant, boolean log, long bytes) {}

    @BeforeAll
    static void writeTables() {
        session = TestSpark.shared().newSession();
        write("cow", "COPY_ON_WRITE", "9", 0, ROWS, Map.of());
        write("cow", "COPY_ON_WRITE", "9", 0, 20, Map.of());
        write("mor", "MERGE_ON_READ", "6", 0, ROWS, Map.of());
        write("mor", "MERGE_ON_READ", "6", 0, 20, Map.of());
        write(
                "mor",
                "MERGE_ON_READ",
                "6",
                0,
                30,
                Map.of("hoodie.compact.inline", "true", "hoodie.compact.inline.max.delta.commits", "1"));
        // One partition alone, so that the other has no logs.
        write("mor", "MERGE_ON_READ", "6", 1, 2, Map.of());
    }

    @Test
    void copyOnWriteCommitIsMeasuredAgainstTheShareOfItsRowsThatChanged() throws IOException {
        TableStats stats = stats("cow");
        List<DiskFile> files = files("cow");

        assertThat(stats.writing().bytesWritten()).isEqualTo(bytes(files));
        assertThat(stats.writing().bytesRewritten()).isZero();
        List<WriteAmplification.Commit> commits = stats.writing().commits();
        assertThat(commits).hasSize(2);
        long firstBytes = bytes(files.stream()
                .filter(file -> file.instant().equals(commits.get(1).instant()))
                .toList());
        long secondBytes = bytes(files) - firstBytes;
        // The first commit brought all rows; the second wrote both files anew for 20 of the 1,000 rows.
        assertThat(commits.get(1).rows()).isEqualTo(ROWS);
        assertThat(commits.get(1).payloadBytes()).isEqualTo(firstBytes);
        assertThat(commits.get(1).amplification()).isEqualTo(1.0);
        assertThat(commits.get(0).rows()).isEqualTo(20);
        assertThat(commits.get(0).bytesWritten()).isEqualTo(secondBytes);
        assertThat(commits.get(0).payloadBytes()).isCloseTo(secondBytes * 20 / ROWS, within(2L));
        assertThat(commits.get(0).amplification()).isCloseTo(50.0, within(0.1));
        assertThat(stats.writing().amplification())
                .isCloseTo(bytes(files) / (firstBytes + secondBytes * 20.0 / ROWS), within(0.001));
        assertThat(stats.writing().since()).isEqualTo(commits.get(1).instant());

        assertThat(stats.past().slices()).isEqualTo(2);
        assertThat(stats.past().bytes()).isEqualTo(firstBytes);
        assertThat(stats.past().oldestInstant()).isEqualTo(commits.get(1).instant());
        assertThat(stats.past().oldestAt()).matches("20.*Z");
        assertThat(stats.compaction()).isEqualTo(new TableStats.Compaction(0, 0, 0, 0));
        assertThat(stats.logs().ratio()).isEqualTo(0.0);
    }

    @Test
    void mergeOnReadCountsItsLogsAsPayloadAndItsCompactionAsRewriting() throws IOException {
        TableStats stats = stats("mor");
        List<DiskFile> files = files("mor");

        assertThat(stats.writing().bytesWritten()).isEqualTo(bytes(files));
        Set<String> compactions = stats.writing().commits().stream()
                .filter(commit -> commit.operation().equals("compact"))
                .map(WriteAmplification.Commit::instant)
                .collect(Collectors.toSet());
        assertThat(compactions).hasSize(1);
        long rewritten = bytes(files.stream()
                .filter(file -> !file.log() && compactions.contains(file.instant()))
                .toList());
        assertThat(stats.writing().bytesRewritten()).isEqualTo(rewritten).isPositive();
        assertThat(stats.writing().payloadBytes()).isEqualTo(bytes(files) - rewritten);
        assertThat(stats.writing().amplification())
                .isCloseTo((double) bytes(files) / (bytes(files) - rewritten), within(0.001))
                .isGreaterThan(1.0);
        assertThat(stats.writing().commits())
                .filteredOn(commit -> compactions.contains(commit.instant()))
                .allSatisfy(commit -> {
                    assertThat(commit.amplification()).isNull();
                    assertThat(commit.rows()).isZero();
                });
        assertThat(stats.writing().commits().stream()
                        .mapToLong(WriteAmplification.Commit::rows)
                        .sum())
                .isEqualTo(ROWS + 20 + 30 + 1);
    }

    @Test
    void filesPartitionsPastAndCompactionAreThoseOnDisk() throws IOException {
        TableStats stats = stats("mor");
        List<DiskFile> newest = newest(files("mor"));
        List<DiskFile> bases = newest.stream().filter(file -> !file.log()).toList();
        List<DiskFile> logs = newest.stream().filter(DiskFile::log).toList();

        assertThat(stats.smallFiles())
                .isEqualTo(new TableStats.SmallFiles(64L << 20, bases.size(), 1.0, bytes(bases), 0));
        assertThat(stats.logs().files()).isEqualTo(logs.size()).isEqualTo(1);
        assertThat(stats.logs().bytes()).isEqualTo(bytes(logs));
        assertThat(stats.logs().baseBytes()).isEqualTo(bytes(bases));
        assertThat(stats.logs().ratio()).isCloseTo((double) bytes(logs) / bytes(bases), within(0.001));
        DiskFile log = logs.get(0);
        DiskFile base = bases.stream()
                .filter(file -> file.fileId().equals(log.fileId()))
                .findFirst()
                .orElseThrow();
        assertThat(stats.groups()).hasSize(1);
        assertThat(stats.groups().get(0).fileId()).isEqualTo(log.fileId());
        assertThat(stats.groups().get(0).partition()).isEqualTo("part=1");
        assertThat(stats.groups().get(0).logs().ratio()).isCloseTo((double) log.bytes() / base.bytes(), within(0.001));
        assertThat(stats.compaction())
                .isEqualTo(new TableStats.Compaction(1, 1, base.bytes() + log.bytes(), base.bytes() + log.bytes() / 3));
        assertThat(stats.past().bytes()).isEqualTo(bytes(files("mor")) - bytes(newest));
        assertThat(stats.past().slices()).isEqualTo(2);
        assertThat(stats.past().savepoints()).isZero();

        assertThat(stats.partitions()).hasSize(2);
        TableStats.Partition largest = stats.partitions().get(0);
        long ofLargest = bytes(newest.stream()
                .filter(file -> file.partition().equals(largest.partition()))
                .toList());
        assertThat(largest.bytes()).isEqualTo(ofLargest);
        assertThat(largest.fileGroups()).isEqualTo(1);
        assertThat(largest.share()).isCloseTo((double) ofLargest / bytes(newest), within(0.001));
        assertThat(stats.skew()).isCloseTo(ofLargest * 2.0 / bytes(newest), within(0.001));
    }

    @Test
    void savepointsTellWhatTheyKeepAndTheTimelineTellsOfThemAndOfWhatWasArchived() throws Exception {
        for (int i = 0; i < 3; i++) {
            write("old", "COPY_ON_WRITE", "6", 0, 10 + i, Map.of());
        }
        HudiTable table = HudiTable.open(path("old"), new Configuration());
        String kept = table.timeline().newest(1).get(0).instant();
        session.sql("CREATE TABLE old USING hudi LOCATION '" + path("old") + "'");
        session.sql("CALL create_savepoint(table => 'old', commit_time => '" + kept + "', user => 'ann', comments =>"
                + " 'before the move')");

        Savepoint savepoint = Savepoints.list(HudiTable.open(path("old"), new Configuration()))
                .get(0);

        assertThat(savepoint.instant()).isEqualTo(kept);
        assertThat(List.of(Objects.requireNonNull(savepoint.user()), Objects.requireNonNull(savepoint.note())))
                .containsExactly("ann", "before the move");
        List<DiskFile> newest = newest(files("old"));
        assertThat(savepoint.files()).isEqualTo(newest.size());
        assertThat(savepoint.bytes()).isEqualTo(bytes(newest));
        assertThat(savepoint.committedAt()).matches("20.*Z");
        assertThat(stats("old").past().savepoints()).isEqualTo(1);
        assertThat(HudiTable.open(path("old"), new Configuration()).timeline().newest(50))
                .filteredOn(entry -> entry.action().equals("savepoint"))
                .singleElement()
                .satisfies(entry ->
                        assertThat(Objects.requireNonNull(entry.work()).about()).isEqualTo("by ann: before the move"));
    }

    @Test
    void timelineGoesOnIntoTheArchive() {
        for (int i = 0; i < 9; i++) {
            write(
                    "archived",
                    "COPY_ON_WRITE",
                    "6",
                    0,
                    10,
                    Map.of(
                            "hoodie.keep.min.commits", "3",
                            "hoodie.keep.max.commits", "4",
                            "hoodie.clean.commits.retained", "1"));
        }
        HudiTable table = HudiTable.open(path("archived"), new Configuration());

        List<TimelineEntry> active = table.timeline().newest(100);
        List<TimelineEntry> all = table.timeline().newestWithArchived(100);

        assertThat(commits(active)).hasSizeLessThan(9);
        assertThat(commits(all)).hasSize(9);
        assertThat(all.subList(0, active.size())).isEqualTo(active);
        assertThat(all.subList(active.size(), all.size())).isNotEmpty().allMatch(TimelineEntry::archived);
        TimelineEntry oldest = commits(all).get(8);
        assertThat(Objects.requireNonNull(oldest.work()).inserted()).isEqualTo(10);
        assertThat(oldest.completedAt()).matches("20.*Z");
        assertThat(all)
                .filteredOn(entry -> entry.action().equals("clean"))
                .isNotEmpty()
                .allSatisfy(entry -> {
                    assertThat(Objects.requireNonNull(entry.work()).files()).isPositive();
                    assertThat(entry.work().about()).matches("keeps from \\d{17}");
                });
        assertThat(table.timeline().newestWithArchived(2)).isEqualTo(active.subList(0, 2));
    }

    private static List<TimelineEntry> commits(List<TimelineEntry> entries) {
        return entries.stream().filter(entry -> entry.action().equals("commit")).toList();
    }

    private static TableStats stats(String table) throws IOException {
        return TableStats.of(HudiTable.open(path(table), new Configuration()));
    }

    private static String path(String table) {
        return folder.resolve(table).toString();
    }

    private static long bytes(List<DiskFile> files) {
        return files.stream().mapToLong(DiskFile::bytes).sum();
    }

    /** Base files and logs, by Hudi's names: ID_TOKEN_INSTANT.parquet and .ID_INSTANT.log.N_TOKEN. */
    private static List<DiskFile> files(String table) throws IOException {
        List<DiskFile> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve(table))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path below = folder.resolve(table).relativize(file);
                String name = file.getFileName().toString();
                if (below.startsWith(".hoodie") || name.endsWith(".crc")) {
                    continue;
                }
                String partition = Objects.requireNonNull(below.getParent()).toString();
                if (name.endsWith(".parquet")) {
                    String[] parts = name.replace(".parquet", "").split("_");
                    found.add(new DiskFile(partition, parts[0], parts[2], false, Files.size(file)));
                } else if (name.contains(".log.")) {
                    String[] parts = name.substring(1, name.indexOf(".log.")).split("_");
                    found.add(new DiskFile(partition, parts[0], parts[1], true, Files.size(file)));
                }
            }
        }
        return found;
    }

    private static List<DiskFile> newest(List<DiskFile> files) {
        Map<String, String> instants = new HashMap<>();
        files.stream()
                .filter(file -> !file.log())
                .forEach(file -> instants.merge(
                        file.fileId(),
                        file.instant(),
                        java.util.function.BinaryOperator.maxBy(Comparator.naturalOrder())));
        assertThat(new HashSet<>(instants.values())).isNotEmpty();
        return files.stream()
                .filter(file -> file.instant().equals(instants.get(file.fileId())))
                .toList();
    }

    private static void write(
            String table, String type, String version, int from, int to, Map<String, String> options) {
        session.sql("SELECT int(id) AS id, md5(string(id)) AS name, int(id % 2) AS part, timestamp'2026-11-22 10:30:00'"
                        + " AS made FROM range(" + from + ", " + to + ")")
                .write()
                .format("hudi")
                .option("hoodie.table.name", table)
                .option("hoodie.datasource.write.table.type", type)
                .option("hoodie.datasource.write.recordkey.field", "id")
                .option("hoodie.datasource.write.partitionpath.field", "part")
                .option("hoodie.datasource.write.hive_style_partitioning", "true")
                .option("hoodie.table.ordering.fields", "made")
                .option("hoodie.datasource.write.operation", "upsert")
                .option("hoodie.write.table.version", version)
                .option("hoodie.write.auto.upgrade", "false")
                .option("hoodie.metadata.enable", "false")
                .option("hoodie.embed.timeline.server", "false")
                .option("hoodie.write.markers.type", "DIRECT")
                .option("hoodie.upsert.shuffle.parallelism", "1")
                .options(TestSpark.fewTasks())
                .options(options)
                .mode(SaveMode.Append)
                .save(path(table));
    }
}
