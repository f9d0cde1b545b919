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
import dev.tarn.store.Row;
import dev.tarn.store.TableCommit;
import dev.tarn.store.TableDescription;
import dev.tarn.store.TableType;
import dev.tarn.store.TableVersion;
import dev.tarn.store.TableWriterSettings;
import dev.tarn.store.TopicPartition;
import dev.tarn.store.upkeep.UpkeepReport;
import dev.tarn.store.upkeep.UpkeepRequest;
import dev.tarn.store.upkeep.UpkeepRequest.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.table.HoodieJavaTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is done to a table on request, and what is only told; counted on disk, and read past the writer. */
class UpkeepTest {
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
    @EnumSource
    void compactionIsToldFirstAndThenDoneAsTold(TableVersion version) throws Exception {
        try (HudiTableWriter writer = open(describe(TableType.MERGE_ON_READ, version))) {
            commit(writer, 1, 1, 2, 3, 4);
            commit(writer, 2, 1, 2);
            commit(writer, 3, 1);
            Map<String, Long> before = listing();
            long logs = before.keySet().stream().filter(UpkeepTest::isLog).count();

            UpkeepReport told = writer.perform(new UpkeepRequest.Compact(), Mode.TELL);

            assertThat(listing()).isEqualTo(before);
            assertThat(told.done()).isFalse();
            assertThat(told.slices()).isEqualTo(2);
            assertThat(told.logs()).isEqualTo(logs);
            assertThat(told.bytesRead()).isEqualTo(bytesOfGroupsWithLogs(before));

            UpkeepReport done = writer.perform(new UpkeepRequest.Compact(), Mode.DO);

            assertThat(done.done()).isTrue();
            assertThat(List.of(done.slices(), done.logs(), done.bytesRead()))
                    .isEqualTo(List.of(told.slices(), told.logs(), told.bytesRead()));
            Map<String, Long> written = new TreeMap<>(listing());
            written.keySet().removeAll(before.keySet());
            assertThat(written.entrySet().stream()
                            .filter(file -> file.getKey().endsWith(".parquet"))
                            .mapToLong(Map.Entry::getValue)
                            .sum())
                    .isEqualTo(done.bytesWritten());
            assertThat(writer.perform(new UpkeepRequest.Compact(), Mode.DO).done())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void cleanIsToldFirstAndRemovesWhatWasTold(TableType type, TableVersion version) throws Exception {
        TableDescription table = describe(type, version);
        try (HudiTableWriter writer = open(table)) {
            List<String> instants = sixCommits(writer, type);
            Map<String, Long> before = listing();
            UpkeepRequest clean = new UpkeepRequest.Clean(Optional.of(new History.Commits(2)));

            UpkeepReport told = writer.perform(clean, Mode.TELL);

            assertThat(listing()).isEqualTo(before);
            assertThat(told.filesRemoved()).isPositive();
            assertThat(told.reachesBackTo()).isIn(instants);

            UpkeepReport done = writer.perform(clean, Mode.DO);

            Map<String, Long> gone = new TreeMap<>(before);
            gone.keySet().removeAll(listing().keySet());
            assertThat(done.done()).isTrue();
            assertThat((long) gone.size()).isEqualTo(told.filesRemoved()).isEqualTo(done.filesRemoved());
            assertThat(gone.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(told.bytesRemoved())
                    .isEqualTo(done.bytesRemoved());
            assertThat(names(table, null)).containsEntry(1L, "v6");
            assertThat(names(table, done.reachesBackTo())).isNotEmpty();
            assertThat(writer.perform(clean, Mode.DO).done()).isFalse();
            assertThatThrownBy(() -> writer.perform(
                            new UpkeepRequest.Savepoint(Optional.of(instants.get(0)), "me", ""), Mode.TELL))
                    .hasMessage("Cannot keep table 'shop.t' at instant '" + instants.get(0)
                            + "': a clean has removed its files. Name one from " + done.reachesBackTo()
                            + " on. [INSTANT_CLEANED]");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void savepointSurvivesCleaningAndArchivingAndIsStillReadable(TableType type, TableVersion version)
            throws Exception {
        TableDescription table = describe(type, version);
        TableWriterSettings settings =
                settings(new TableWriterSettings.Maintenance(1_000_000, 64L << 20, new History.Commits(2), 1_000_000));
        try (HudiTableWriter writer = HudiTableWriter.open(table, settings, new Configuration())) {
            commit(writer, 1, 1, 2, 3, 4);
            commit(writer, 2, 1, 2);
            String kept = instant(writer);
            Map<Object, Object> asOf = names(table, kept);
            Map<String, Long> before = listing();

            assertThat(writer.perform(new UpkeepRequest.Savepoint(Optional.empty(), "me", "why"), Mode.TELL)
                            .instant())
                    .isEqualTo(kept);
            assertThat(listing()).isEqualTo(before);
            UpkeepReport made = writer.perform(new UpkeepRequest.Savepoint(Optional.of(kept), "me", "why"), Mode.DO);
            assertThat(made.filesHeld()).isPositive();
            assertThatThrownBy(() -> writer.perform(new UpkeepRequest.Savepoint(Optional.of(kept), "me", ""), Mode.DO))
                    .hasMessage("Cannot keep table 'shop.t': instant " + kept + " is a savepoint already. 'tarn table"
                            + " savepoints shop.t' shows it. [SAVEPOINT_EXISTS]");

            for (int i = 3; i <= 90; i++) {
                commit(writer, i, 1, 2, 3);
                if (i % 20 == 0) {
                    writer.maintainNow();
                }
            }
            writer.maintainNow();

            assertThat(names(table, kept)).isEqualTo(asOf).containsEntry(1L, "v2");
            assertThat(names(table, null)).containsEntry(1L, "v90");
            // All the rest is gone by now, so only the savepoint stands in the way.
            UpkeepRequest all = new UpkeepRequest.Clean(Optional.empty());
            assertThatThrownBy(() -> writer.perform(all, Mode.DO))
                    .hasMessageMatching("Cannot clean table 'shop\\.t': all that could go, \\d+ files of \\d+ bytes, is"
                            + " held by savepoints: " + kept + "\\. Let one go with 'tarn table savepoint shop\\.t"
                            + " INSTANT --delete'\\. \\[SAVEPOINT_HOLDS\\]");

            writer.perform(new UpkeepRequest.DeleteSavepoint(kept), Mode.DO);
            assertThat(writer.perform(all, Mode.DO).filesRemoved()).isPositive();
            assertThatThrownBy(() -> writer.perform(new UpkeepRequest.DeleteSavepoint(kept), Mode.DO))
                    .hasMessage("Cannot delete savepoint '" + kept + "' of table 'shop.t': it has no savepoints. Make"
                            + " one with 'tarn table savepoint shop.t'. [SAVEPOINT_UNKNOWN]");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void restoredTableHoldsTheRowsOfItsInstantAndNamesItsOffsets(TableType type, TableVersion version)
            throws Exception {
        TableDescription table = describe(type, version);
        try (HudiTableWriter writer = open(table)) {
            List<String> instants = sixCommits(writer, type);
            Map<Object, Object> third = names(table, instants.get(2));
            Map<String, Long> before = listing();
            UpkeepRequest restore = new UpkeepRequest.Restore(instants.get(2));

            UpkeepReport told = writer.perform(restore, Mode.TELL);
            assertThat(listing()).isEqualTo(before);
            assertThat(told.commitsUndone()).contains(instants.get(3), instants.get(4), instants.get(5));
            assertThat(told.rowsUndone()).isEqualTo(3 * 2);
            assertThat(told.readsAgainFrom()).isEqualTo("t,0:3");

            UpkeepReport done = writer.perform(restore, Mode.DO);

            assertThat(done.commitsUndone()).isEqualTo(told.commitsUndone());
            assertThat(names(table, null)).isEqualTo(third);
            assertThat(writer.lastCommit().map(TableCommit::instant)).contains(instants.get(2));
            assertThat(writer.lastCommit().orElseThrow().offsets().next(TOPIC)).isEqualTo(3);
            assertThat(writer.status().keys()).isEqualTo(third.size());

            // Reading on from there, the same changes come again and make the same table.
            for (int i = 4; i <= 6; i++) {
                commit(writer, i, 1, 2);
            }
            writer.maintainNow();
            commit(writer, 7, 9);
            assertThat(names(table, null)).isEqualTo(Map.of(1L, "v6", 2L, "v6", 3L, "v1", 4L, "v1", 9L, "v7"));
        }
        try (HudiTableWriter writer = open(table)) {
            assertThat(writer.status().keys()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void restoreThatADeadWriterBeganIsEndedAtOpen(TableType type, TableVersion version) throws Exception {
        TableDescription table = describe(type, version);
        List<String> instants;
        Map<Object, Object> second;
        try (HudiTableWriter writer = open(table)) {
            instants = sixCommits(writer, type);
            second = names(table, instants.get(1));
        }
        HudiSettings hudiSettings = new HudiSettings(table, settings(), new Configuration());
        HoodieTableMetaClient client = hudiSettings.load();
        HoodieWriteConfig config = hudiSettings.forWriting(AvroColumns.toAvro("t", OpenTable.columns(client)));
        HoodieJavaEngineContext context = new HoodieJavaEngineContext(hudiSettings.storage());
        try (HoodieJavaWriteClient<Object> hudi = new HoodieJavaWriteClient<>(context, config)) {
            HoodieJavaTable.create(config, context, client)
                    .scheduleRestore(context, hudi.createNewInstantTime(false), instants.get(1));
            assertThat(names(table, null)).isNotEqualTo(second);
        }

        try (HudiTableWriter writer = open(table)) {
            assertThat(names(table, null)).isEqualTo(second);
            assertThat(writer.lastCommit().orElseThrow().offsets().next(TOPIC)).isEqualTo(2);
        }
    }

    @Test
    void whatCannotBeRestoredIsRefusedWithTheNextStep() throws Exception {
        try (HudiTableWriter writer = open(describe(TableType.COPY_ON_WRITE, TableVersion.SIX))) {
            assertThatThrownBy(() -> writer.perform(new UpkeepRequest.Compact(), Mode.TELL))
                    .hasMessage("Cannot look after table 'shop.t': it has no commit yet. Ask again when rows have"
                            + " arrived. [TABLE_EMPTY]");
            List<String> instants = sixCommits(writer, TableType.COPY_ON_WRITE);
            String third = instants.get(2);
            assertThatThrownBy(() -> writer.perform(new UpkeepRequest.Compact(), Mode.TELL))
                    .hasMessage("Cannot compact table 'shop.t': it is copy-on-write, so it has no logs to compact."
                            + " [NOT_MERGE_ON_READ]");
            assertThatThrownBy(() -> writer.perform(new UpkeepRequest.Restore(third + "x"), Mode.TELL))
                    .hasMessage("Cannot roll back table 'shop.t' at instant '" + third
                            + "x': its timeline has no such commit; the nearest: " + third + " and "
                            + instants.get(3) + ". 'tarn table timeline shop.t' shows them. [INSTANT_UNKNOWN]");
            assertThatThrownBy(() -> writer.perform(new UpkeepRequest.Restore(instants.get(5)), Mode.TELL))
                    .hasMessage("Cannot roll back table 'shop.t': instant " + instants.get(5)
                            + " is its newest commit. Name an older one. [NOTHING_TO_UNDO]");
            writer.perform(new UpkeepRequest.Savepoint(Optional.of(instants.get(4)), "me", ""), Mode.DO);
            assertThatThrownBy(() -> writer.perform(new UpkeepRequest.Restore(third), Mode.DO))
                    .hasMessage("Cannot roll back table 'shop.t': savepoint " + instants.get(4) + " is newer than "
                            + third + ", and would be lost. Let it go first: 'tarn table savepoint shop.t "
                            + instants.get(4) + " --delete'. [SAVEPOINT_NEWER]");
            assertThatThrownBy(() -> writer.perform(new UpkeepRequest.DeleteSavepoint(third), Mode.DO))
                    .hasMessage("Cannot delete savepoint '" + third + "' of table 'shop.t': its savepoints are "
                            + instants.get(4) + ". Name one of them. [SAVEPOINT_UNKNOWN]");
        }
    }

    @Test
    void cleanByAgeKeepsWhatIsYounger() throws Exception {
        try (HudiTableWriter writer = open(describe(TableType.COPY_ON_WRITE, TableVersion.SIX))) {
            List<String> instants = sixCommits(writer, TableType.COPY_ON_WRITE);
            UpkeepReport told =
                    writer.perform(new UpkeepRequest.Clean(Optional.of(new History.Age(Duration.ofHours(1)))), Mode.DO);
            assertThat(told.done()).isFalse();
            assertThat(told.filesRemoved()).isZero();
            assertThat(told.reachesBackTo()).isEqualTo(instants.get(0));
        }
    }

    /** Ids 1 to 4, of which 1 and 2 change five times; a merge-on-read table is compacted in between. */
    private List<String> sixCommits(HudiTableWriter writer, TableType type) {
        List<String> instants = new ArrayList<>();
        commit(writer, 1, 1, 2, 3, 4);
        instants.add(instant(writer));
        for (int i = 2; i <= 6; i++) {
            commit(writer, i, 1, 2);
            instants.add(instant(writer));
            if (i == 4 && type == TableType.MERGE_ON_READ) {
                writer.perform(new UpkeepRequest.Compact(), Mode.DO);
            }
        }
        return instants;
    }

    private static void commit(HudiTableWriter writer, int number, long... ids) {
        List<Change> changes = new ArrayList<>();
        for (long id : ids) {
            changes.add(Change.of(
                    Operation.UPDATE, Row.of(COLUMNS, id, "v" + number, "C" + id % 2), number * 10L, number * 10L));
        }
        writer.commit(ChangeBatch.of(changes, new Offsets(Map.of(TOPIC, (long) number))));
    }

    private static String instant(HudiTableWriter writer) {
        return writer.lastCommit().orElseThrow().instant();
    }

    private static boolean isLog(String path) {
        return path.contains(".log.");
    }

    /** Base files and logs of the groups that have a log, by the file ids in their names. */
    private static long bytesOfGroupsWithLogs(Map<String, Long> listing) {
        List<String> groups = listing.keySet().stream()
                .filter(UpkeepTest::isLog)
                .map(UpkeepTest::fileId)
                .toList();
        return listing.entrySet().stream()
                .filter(file -> groups.contains(fileId(file.getKey())))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static String fileId(String path) {
        return path.substring(path.lastIndexOf('/') + 1)
                .replaceFirst("^\\.", "")
                .split("_", 2)[0];
    }

    /** Every file of the table with its size, but for the writer's lock, which it renews. */
    private Map<String, Long> listing() throws IOException {
        Map<String, Long> listing = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("t"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.getFileName().toString().contains("lock"))
                    .toList()) {
                listing.put(folder.relativize(file).toString(), Files.size(file));
            }
        }
        return listing;
    }

    private TableDescription describe(TableType type, TableVersion version) {
        return TableDescription.of("shop", "t", folder.resolve("t").toUri(), "id")
                .partitionedBy("country")
                .as(type)
                .in(version);
    }

    private HudiTableWriter open(TableDescription table) {
        return HudiTableWriter.open(table, settings(), new Configuration());
    }

    private TableWriterSettings settings() {
        return settings(TableWriterSettings.Maintenance.OFF);
    }

    private TableWriterSettings settings(TableWriterSettings.Maintenance maintenance) {
        return TableWriterSettings.defaults(folder.resolve("spill")).with(maintenance);
    }

    private static Map<Object, Object> names(TableDescription table, @Nullable String asOf) {
        return HudiReading.rows(table, asOf).stream()
                .collect(Collectors.toMap(row -> row.get("id"), row -> row.get("name")));
    }
}
