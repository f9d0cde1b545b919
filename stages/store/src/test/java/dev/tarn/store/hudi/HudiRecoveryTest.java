package dev.tarn.store.hudi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.store.Change;
import dev.tarn.store.ChangeBatch;
import dev.tarn.store.Column;
import dev.tarn.store.ColumnType.Scalar;
import dev.tarn.store.Columns;
import dev.tarn.store.History;
import dev.tarn.store.Offsets;
import dev.tarn.store.Operation;
import dev.tarn.store.RefusedChanges;
import dev.tarn.store.Row;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableVersion;
import dev.tarn.store.TableWriterSettings;
import dev.tarn.store.TopicPartition;
import dev.tarn.store.index.GlobalIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds when a writer dies, and while maintenance runs beside it. */
class HudiRecoveryTest {
    private static final Columns COLUMNS = Columns.of(
            new Column("id", Scalar.LONG), new Column("name", Scalar.STRING), new Column("country", Scalar.STRING));
    private static final TopicPartition TOPIC = new TopicPartition("t", 0);

    @TempDir
    Path folder;

    static Stream<Arguments> kinds() {
        return Stream.of(TableType.values())
                .flatMap(type -> Stream.of(TableVersion.values()).map(version -> Arguments.of(type, version)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatADeadWriterLeftHalfDoneIsRolledBackAtOpen(TableType type, TableVersion version) throws Exception {
        TableDescription table = describe(type, version);
        TableWriterSettings settings = settings(TableWriterSettings.Maintenance.OFF);
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            writer.commit(batch(1, change(Operation.CREATE, 1, "a", 1), change(Operation.CREATE, 2, "b", 2)));
        }
        writeWithoutCommitting(
                table, settings, change(Operation.UPDATE, 1, "lost", 9), change(Operation.CREATE, 3, "lost", 9));

        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            assertThat(writer.lastCommit().orElseThrow().offsets().next(TOPIC)).isEqualTo(1);
            assertThat(names(table)).isEqualTo(Map.of(1L, "a", 2L, "b"));
            writer.commit(batch(2, change(Operation.UPDATE, 1, "c", 3), change(Operation.CREATE, 3, "d", 4)));
            assertThat(names(table)).isEqualTo(Map.of(1L, "c", 2L, "b", 3L, "d"));
            writer.maintainNow();
        }
        assertThat(names(table)).isEqualTo(Map.of(1L, "c", 2L, "b", 3L, "d"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatADeadWriterLeftOfACopyIsRolledBackAtOpen(TableType type, TableVersion version) throws Exception {
        TableDescription table = describe(type, version);
        TableWriterSettings settings = settings(TableWriterSettings.Maintenance.OFF);
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            writer.copy(batch(1, change(Operation.READ, 1, "a", 1)), RefusedChanges.NOT_ALLOWED);
        }
        copyWithoutCommitting(table, settings);
        assertThat(baseFiles("country=C1")).as("files of the dead one too").isEqualTo(2);

        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            assertThat(names(table)).isEqualTo(Map.of(1L, "a"));
            writer.copy(batch(2, change(Operation.READ, 4, "b", 1)), RefusedChanges.NOT_ALLOWED);
            writer.endCopy();
        }
        assertThat(names(table)).isEqualTo(Map.of(1L, "a", 4L, "b"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void copyThatCannotBeCommittedIsGoneAndCanBeGivenAgain(TableType type, TableVersion version) throws Exception {
        TableDescription table = describe(type, version);
        TableWriterSettings settings = settings(TableWriterSettings.Maintenance.OFF);
        Path timeline = folder.resolve("t/.hoodie");
        Path away = folder.resolve("away");
        ChangeBatch first = batch(1, change(Operation.READ, 1, "a", 1), change(Operation.READ, 2, "b", 1));
        ChangeBatch second = batch(2, change(Operation.READ, 4, "c", 1));
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            writer.copy(first, RefusedChanges.NOT_ALLOWED);
            writer.copy(second, RefusedChanges.NOT_ALLOWED);
            Files.move(timeline, away);
            Files.writeString(timeline, "in the way");
            assertThatThrownBy(writer::endCopy).hasMessageContaining("shop.t");
            Files.delete(timeline);
            Files.move(away, timeline);
            assertThat(writer.lastCommit()).isEmpty();

            writer.copy(first, RefusedChanges.NOT_ALLOWED);
            writer.copy(second, RefusedChanges.NOT_ALLOWED);
            writer.endCopy();

            assertThat(writer.status().keys()).isEqualTo(3);
        }
        assertThat(names(table)).isEqualTo(Map.of(1L, "a", 2L, "b", 4L, "c"));
        assertThat(baseFiles("country=C1")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void copyDuringWhichTheTimelineWasReadIsKeptByTheNextCommit(TableVersion version) throws Exception {
        TableDescription table = describe(TableType.MERGE_ON_READ, version);
        TableWriterSettings settings = settings(TableWriterSettings.Maintenance.OFF);
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            writer.copy(batch(1, change(Operation.READ, 1, "a", 1)), RefusedChanges.NOT_ALLOWED);
            // So often the writer looks whether others have written.
            Duration lookAtOthers = Duration.ofMillis(10_100);
            Awaitility.await()
                    .pollDelay(lookAtOthers)
                    .atMost(lookAtOthers.multipliedBy(2))
                    .until(() -> true);
            writer.copy(batch(2, change(Operation.READ, 4, "b", 1)), RefusedChanges.NOT_ALLOWED);
            writer.commit(batch(3, change(Operation.CREATE, 7, "c", 2)));
        }
        assertThat(names(table)).isEqualTo(Map.of(1L, "a", 4L, "b", 7L, "c"));
    }

    @ParameterizedTest
    @EnumSource
    void upkeepDuringACopyCommitsItFirst(TableVersion version) throws Exception {
        TableDescription table = describe(TableType.MERGE_ON_READ, version);
        TableWriterSettings settings = settings(TableWriterSettings.Maintenance.OFF);
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            writer.commit(batch(1, change(Operation.CREATE, 1, "a", 1)));
            writer.commit(batch(2, change(Operation.UPDATE, 1, "a2", 2)));
            writer.copy(batch(3, change(Operation.READ, 4, "b", 3)), RefusedChanges.NOT_ALLOWED);

            writer.maintainNow();

            assertThat(writer.lastCommit().orElseThrow().offsets().next(TOPIC)).isEqualTo(3);
            writer.copy(batch(4, change(Operation.READ, 7, "c", 4)), RefusedChanges.NOT_ALLOWED);
            writer.endCopy();
        }
        assertThat(names(table)).isEqualTo(Map.of(1L, "a2", 4L, "b", 7L, "c"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void maintenanceBesideWritingLosesNothingAndKeepsFilesFew(TableType type, TableVersion version) throws Exception {
        TableDescription table = describe(type, version);
        TableWriterSettings settings =
                settings(new TableWriterSettings.Maintenance(4, 64L << 20, new History.Commits(10), 7));
        Random random = new Random(7);
        Map<Object, Object> expected = new TreeMap<>();
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            for (int i = 1; i <= 120; i++) {
                Change[] changes = new Change[20];
                for (int j = 0; j < changes.length; j++) {
                    long id = random.nextInt(50);
                    changes[j] = change(Operation.UPDATE, id, "v" + i + "-" + j, i * 100L + j);
                    expected.put(id, "v" + i + "-" + j);
                }
                writer.commit(batch(i, changes));
                if (i >= 100 && i % 10 == 0) {
                    // On a busy machine the thread of low priority may be behind; waiting shows what it comes to.
                    writer.maintainNow();
                }
            }
            assertThat(names(table)).isEqualTo(expected);
        }
        try (Stream<Path> files = Files.walk(Path.of(table.location()))) {
            long dataFiles = files.filter(file -> file.toString().contains(".parquet")
                            || file.getFileName().toString().contains(".log."))
                    .filter(file -> !file.toString().contains("/.hoodie/"))
                    .count();
            assertThat(dataFiles).isLessThan(120);
        }
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            assertThat(writer.lastCommit().orElseThrow().offsets().next(TOPIC)).isEqualTo(120);
            assertThat(writer.status().keys()).isEqualTo(expected.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyFileGroupsWithLargeLogsAreCompacted(TableVersion version) throws Exception {
        TableDescription table = describe(TableType.MERGE_ON_READ, version);
        TableWriterSettings settings =
                settings(new TableWriterSettings.Maintenance(5, 64L << 20, new History.Commits(1000), 1_000_000));
        Change[] rows = new Change[3000];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = change(Operation.CREATE, i, incompressible(i), 1);
        }
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            writer.commit(batch(1, rows));
            for (int i = 2; i <= 10; i++) {
                List<Change> changes = new ArrayList<>();
                changes.add(change(Operation.UPDATE, 1, "seldom " + i, i));
                for (int id = 0; id < 3000; id += 3) {
                    changes.add(change(Operation.UPDATE, id, "often " + i, i));
                }
                writer.commit(batch(i, changes.toArray(new Change[0])));
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> baseFiles("country=C0") > 1);

            writer.commit(batch(11, change(Operation.UPDATE, 0, "last", 11)));
        }
        assertThat(baseFiles("country=C1")).isEqualTo(1);
        assertThat(names(table))
                .hasSize(3000)
                .containsEntry(0L, "last")
                .containsEntry(3L, "often 10")
                .containsEntry(1L, "seldom 10")
                .containsEntry(4L, incompressible(4));
    }

    private static String incompressible(long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> Long.toString(random.nextLong(), 36))
                .limit(20)
                .collect(Collectors.joining());
    }

    @Test
    void compactionWaitsUntilTheTableHasCaughtUp() throws Exception {
        TableDescription table = describe(TableType.MERGE_ON_READ, TableVersion.SIX);
        TableWriterSettings settings =
                settings(new TableWriterSettings.Maintenance(2, 64L << 20, new History.Commits(1000), 1_000_000));
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            writer.commit(batch(1, change(Operation.CREATE, 0, "a", 1)));
            writer.catchingUp(true);
            for (int i = 2; i <= 120; i++) {
                writer.commit(batch(i, change(Operation.UPDATE, 0, "b" + i, i)));
            }
            assertThat(baseFiles("country=C0")).isEqualTo(1);

            writer.catchingUp(false);

            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> baseFiles("country=C0") > 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeDuringACompactionLosesNothing(TableVersion version) throws Exception {
        TableDescription table = describe(TableType.MERGE_ON_READ, version);
        TableWriterSettings settings =
                settings(new TableWriterSettings.Maintenance(2, 64L << 20, new History.Commits(1000), 1_000_000));
        int rows = 60_000;
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            for (int i = 1; i <= 2; i++) {
                Change[] changes = new Change[rows];
                for (int j = 0; j < rows; j++) {
                    changes[j] = change(Operation.UPDATE, 3L * j, "v" + i, i);
                }
                writer.commit(batch(i, changes));
            }
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> hasBegunCompaction());
        }
        // While the compaction goes on, the table is not free.
        HudiTableWriter next = Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .until(() -> HudiTableWriter.open(table, settings, new Configuration()), opened -> true);
        try (HudiTableWriter writer = next) {
            assertThat(writer.status().keys()).isEqualTo(rows);
            writer.commit(batch(3, change(Operation.UPDATE, 0, "v3", 3)));
            writer.maintainNow();
            assertThat(names(table)).hasSize(rows).containsEntry(0L, "v3").containsEntry(3L, "v2");
        }
        assertThat(names(table)).hasSize(rows).containsEntry(0L, "v3").containsEntry(3L, "v2");
    }

    private boolean hasBegunCompaction() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("t").resolve(".hoodie"))) {
            return files.anyMatch(file -> file.toString().endsWith(".compaction.inflight"));
        }
    }

    private long baseFiles(String partition) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("t").resolve(partition))) {
            return files.filter(file -> file.getFileName().toString().matches("[^.].*\\.parquet"))
                    .count();
        }
    }

    /** What a writer does with the rows of a commit before it dies. */
    private interface LastDeed {
        void write(FileGroups groups, GroupWriter writer, List<RowWrite> rows, String instant) throws IOException;
    }

    private static void writeWithoutCommitting(TableDescription table, TableWriterSettings settings, Change... changes)
            throws Exception {
        die(table, settings, List.of(changes), (groups, writer, rows, instant) -> {
            List<HoodieWriteStat> stats = new ArrayList<>();
            for (GroupWrites group : WritePlan.of(rows, groups, 100, instant).groups()) {
                stats.addAll(writer.write(group));
            }
            assertThat(stats).isNotEmpty();
        });
    }

    /** One file is finished and one is not. */
    private static void copyWithoutCommitting(TableDescription table, TableWriterSettings settings) throws Exception {
        List<Change> copied = List.of(change(Operation.READ, 2, "lost", 9), change(Operation.READ, 4, "lost", 9));
        die(table, settings, copied, (groups, writer, rows, instant) -> {
            for (RowWrite row : rows) {
                NewBaseFile file = writer.begin(row.partition());
                file.write(List.of(row), Runnable::run).join();
                if (row.partition().equals("country=C1")) {
                    assertThat(file.close(Runnable::run).join()).hasSize(1);
                }
            }
        });
    }

    /** As a process does that dies between writing its files and committing them. */
    private static void die(
            TableDescription table, TableWriterSettings settings, List<Change> changes, LastDeed lastDeed)
            throws Exception {
        HudiSettings hudiSettings = new HudiSettings(table, settings, new Configuration());
        HudiThreads threads = new HudiThreads("dying", 2, Thread.NORM_PRIORITY);
        HoodieTableMetaClient client = hudiSettings.load();
        WriteSession session = WriteSession.open(table, OpenTable.columns(client), hudiSettings);
        FileGroups groups = FileGroups.read(session.plainTable(client), session.context(), 1 << 20);
        GlobalIndex index = new GlobalIndex(settings.index());
        SliceReader reader = new SliceReader(client, session.layout().schema());
        new IndexLoader(reader, threads, "9").load(groups, index);
        List<RowWrite> rows = new ChangeResolver(
                        table,
                        session.layout(),
                        index,
                        new StoredRows(reader, groups, session.layout().schema(), threads, "9"))
                .resolve(changes, Offsets.NONE, RefusedChanges.NOT_ALLOWED)
                .writes();
        String instant = session.start(client);
        lastDeed.write(groups, session.writer(client, groups, instant), rows, instant);
        threads.close();
    }

    private TableDescription describe(TableType type, TableVersion version) {
        return TableDescription.of("shop", "t", folder.resolve("t").toUri(), "id")
                .partitionedBy("country")
                .as(type)
                .in(version);
    }

    private TableWriterSettings settings(TableWriterSettings.Maintenance maintenance) {
        return TableWriterSettings.defaults(folder.resolve("spill")).with(maintenance);
    }

    private static ChangeBatch batch(long offset, Change... changes) {
        return ChangeBatch.of(List.of(changes), new Offsets(Map.of(TOPIC, offset)));
    }

    private static Change change(Operation operation, long id, String name, long lsn) {
        return Change.of(operation, Row.of(COLUMNS, id, name, "C" + id % 3), lsn, lsn);
    }

    private static Map<Object, Object> names(TableDescription table) {
        return HudiReading.rows(table, null).stream()
                .collect(Collectors.toMap(row -> row.get("id"), row -> row.get("name")));
    }
}
