package dev.tarn.collect.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.collect.CapturedTable;
import dev.tarn.collect.LakeTable;
import dev.tarn.collect.SourceColumn;
import dev.tarn.collect.SourceTable;
import dev.tarn.collect.Tables;
import dev.tarn.settings.secret.Options;
import dev.tarn.settings.source.CommitSettings;
import dev.tarn.settings.source.Deletes;
import dev.tarn.settings.source.LoadSettings;
import dev.tarn.settings.source.PostgresSettings.EmbeddedPostgres;
import dev.tarn.settings.source.RawSettings;
import dev.tarn.settings.source.SourceSettings;
import dev.tarn.settings.source.TableFormat;
import dev.tarn.settings.source.TablePattern;
import dev.tarn.settings.source.TableSettings;
import dev.tarn.settings.source.TableType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SinkConnectorsTest {
    private static final SourceTable ARTISTS = new SourceTable(
            "public",
            "artists",
            "",
            List.of(
                    new SourceColumn("artist id", "int", "Who", 1, false, null),
                    new SourceColumn("nation", "text", "", 2, false, null)),
            List.of("artist id"),
            Set.of("artist id"),
            true,
            false);

    private static final EmbeddedPostgres POSTGRES = new EmbeddedPostgres("moma");

    @Test
    void tableSinkKnowsItsTableInTheWordsOfTheLake() {
        CapturedTable captured =
                new CapturedTable(ARTISTS, Tables.entry("public.artists", List.of(), List.of("nation"), "painters"));

        assertThat(SinkConnectors.table(
                        Tables.places(),
                        Tables.source(POSTGRES),
                        captured,
                        new LakeTable("painters", TableType.MERGE_ON_READ)))
                .containsEntry("connector.class", "dev.tarn.store.connect.LakeSink")
                .containsEntry("topics", "museum.public.artists")
                .containsEntry("lake.database", "moma")
                .containsEntry("lake.table", "painters")
                .containsEntry("lake.path", "s3a://bucket/lake/moma/painters")
                .containsEntry("lake.type", "MERGE_ON_READ")
                .containsEntry("lake.key", "artist_id")
                .containsEntry("lake.partition", "nation")
                .containsEntry("lake.deletes", "HARD")
                .containsEntry("lake.version", "6")
                .containsEntry("lake.codec", "ZSTD")
                .containsEntry("lake.history.commits", "1000")
                .containsEntry("lake.commit.interval.ms", "1000")
                .containsEntry("lake.commit.records", "20000")
                .containsEntry("lake.hadoop.fs.s3a.endpoint", "http://minio:9000")
                .containsEntry("lake.hadoop.fs.s3a.secret.key", "${env:TARN_SECRET_STORAGE_fs.s3a.secret.key}")
                .containsEntry("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter")
                .containsEntry("lake.index.directory", "/lake/.tarn/index")
                .containsEntry("lake.metastore", "thrift://m:9083")
                .containsEntry("lake.source", "moma: public.artists")
                .containsEntry("lake.comments.artist_id", "Who")
                .doesNotContainKey("lake.comments.nation")
                .containsEntry("value.converter.apicurio.registry.url", "http://r:8080/apis/registry/v2");
    }

    @Test
    void rawSinkTakesAllTopicsAsTheyAre() {
        assertThat(SinkConnectors.raw(
                        Tables.places(),
                        Tables.source(POSTGRES),
                        List.of(new CapturedTable(ARTISTS, Tables.entry("public.artists")))))
                .containsEntry("connector.class", "dev.tarn.collect.raw.RawSink")
                .containsEntry("topics", "museum.public.artists")
                .containsEntry("raw.path", "s3a://bucket/lake/raw")
                .containsEntry("raw.flush.records", "10000")
                .containsEntry("raw.hadoop.fs.s3a.secret.key", "${env:TARN_SECRET_STORAGE_fs.s3a.secret.key}")
                .containsEntry("raw.flush.interval.ms", "60000")
                .containsEntry("raw.tombstones", "keep")
                .containsEntry("consumer.override.group.instance.id", "museum-moma.raw")
                .containsEntry("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    }

    @Test
    void whatTheSettingsSayOfTablesAndFilesReachesTheSinks() {
        TableSettings entry = new TableSettings(
                TablePattern.parse("public.artists"),
                List.of(),
                List.of(),
                List.of(TableType.MERGE_ON_READ),
                Deletes.HARD,
                new TableFormat(9, TableFormat.Compression.SNAPPY, new TableFormat.Age(Duration.ofDays(7))),
                null);
        SourceSettings source = new SourceSettings(
                "moma",
                POSTGRES,
                List.of(entry),
                new CommitSettings(Duration.ofMillis(250), 7),
                LoadSettings.DEFAULT,
                new RawSettings(Duration.ofSeconds(5), 3, RawSettings.Tombstones.DROP),
                Options.none());
        CapturedTable captured = new CapturedTable(ARTISTS, entry);

        assertThat(SinkConnectors.table(
                        Tables.places(), source, captured, new LakeTable("artists", TableType.MERGE_ON_READ)))
                .containsEntry("lake.version", "9")
                .containsEntry("lake.codec", "SNAPPY")
                .containsEntry("lake.history.ms", "604800000")
                .containsEntry("lake.commit.interval.ms", "250")
                .containsEntry("lake.commit.records", "7");
        assertThat(SinkConnectors.raw(Tables.places(), source, List.of(captured)))
                .containsEntry("raw.flush.records", "3")
                .containsEntry("raw.flush.interval.ms", "5000")
                .containsEntry("raw.tombstones", "drop");
    }

    @Test
    void failedConnectorIsStartedAgainWithGrowingPausesAndThenEveryFiveMinutes() {
        TaskRestarts restarts = new TaskRestarts();
        Instant now = Instant.EPOCH;
        assertThat(restarts.isDue("c", now)).isFalse();
        for (long pause : new long[] {5, 10, 20, 40, 80, 300, 300}) {
            assertThat(restarts.isDue("c", now.plusSeconds(pause - 1))).isFalse();
            now = now.plusSeconds(pause);
            assertThat(restarts.isDue("c", now)).isTrue();
        }

        assertThat(restarts.count("c")).isEqualTo(7);
    }

    @Test
    void connectorThatRanWellBeginsAnew() {
        TaskRestarts restarts = new TaskRestarts();
        assertThat(restarts.isDue("c", Instant.EPOCH)).isFalse();
        assertThat(restarts.isDue("c", Instant.EPOCH.plusSeconds(5))).isTrue();

        restarts.runs("c", Instant.EPOCH.plusSeconds(60));
        assertThat(restarts.count("c")).isEqualTo(1);
        restarts.runs("c", Instant.EPOCH.plusSeconds(200));
        assertThat(restarts.count("c")).isZero();
    }

    @Test
    void failureIsTheInnermostCauseInOneLine() {
        ConnectorState state = new ConnectorState(
                "c",
                Map.of(),
                "RUNNING",
                "",
                List.of(new ConnectorState.Task(
                        0,
                        "FAILED",
                        "org.apache.kafka.connect.errors.ConnectException: An exception occurred\n\tat x.Y.z(Y.java:1)\n"
                                + "Caused by: org.postgresql.util.PSQLException: FATAL: no pg_hba.conf entry\n\t... 5"
                                + " more\n")));

        assertThat(state.failure()).hasValue("PSQLException: FATAL: no pg_hba.conf entry");
        assertThat(state.isRunning()).isFalse();
    }

    @Test
    void missingRightIsNamedWithItsTopicOrGroupAndItsOperation() {
        assertThat(refusal(
                        Map.of("topics", "a"),
                        "TopicAuthorizationException: Not authorized to access topics: [museum.public.artists]"))
                .startsWith("Kafka does not allow this user Read on topic 'museum.public.artists'. ");
        assertThat(refusal(
                        Map.of("topics", "a"),
                        "GroupAuthorizationException: Not authorized to access group: connect-museum-moma"))
                .startsWith("Kafka does not allow this user Read on group 'connect-museum-moma'. ");
        assertThat(refusal(Map.of(), "TopicAuthorizationException: Not authorized to access topics: [a, b]"))
                .startsWith("Kafka does not allow this user Write on topic 'a, b'. ");
    }

    private static String refusal(Map<String, String> settings, String cause) {
        String trace = "org.apache.kafka.connect.errors.ConnectException: Unrecoverable\n\tat x.Y.z(Y.java:1)\n"
                + "Caused by: org.apache.kafka.common.errors." + cause + "\n";
        return new ConnectorState("c", settings, "RUNNING", "", List.of(new ConnectorState.Task(0, "FAILED", trace)))
                .failure()
                .orElseThrow();
    }
}
