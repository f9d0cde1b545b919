package dev.tarn.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.settings.TestLake;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Options;
import dev.tarn.settings.secret.Secret;
import dev.tarn.settings.source.PostgresSettings.EmbeddedPostgres;
import dev.tarn.settings.source.PostgresSettings.ExternalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSettingsTest {
    @TempDir
    Path folder;

    private TestLake lake;

    @BeforeEach
    void createLake() {
        lake = new TestLake(folder.resolve("museum")).file("lake.yaml", "");
    }

    @Test
    void shortestSourceIsEmbeddedAndKeepsEverything() {
        lake.file("sources/moma.yaml", "postgres: embedded\ntables:\n  - table: public.artists\n")
                .file("sources/README.md", "not a source");

        assertThat(lake.read().sources())
                .containsExactly(new SourceSettings(
                        "moma",
                        new EmbeddedPostgres("moma"),
                        List.of(new TableSettings(
                                new TablePattern("public", "artists"),
                                List.of(),
                                List.of(),
                                List.of(TableType.MERGE_ON_READ),
                                Deletes.HARD,
                                TableFormat.DEFAULT,
                                null)),
                        CommitSettings.DEFAULT,
                        LoadSettings.DEFAULT,
                        RawSettings.DEFAULT,
                        Options.none()));
    }

    @Test
    void everythingCanBeWritten() {
        lake.environment("PW", "hush").file("sources/shop.yaml", """
            postgres: {url: "jdbc:postgresql://db:5433/shop?sslmode=require", user: tarn, password: "${env:PW}"}
            tables:
              - table: sales.orders
                key: [shop, number]
                partition: [country]
                type: [copy-on-write, merge-on-read]
                deletes: soft
                into: all_orders
                version: 9
                compression: snappy
                history: 7 d
            commit: {interval: 500 ms, changes: 100}
            load: {through: kafka, connections: 3, max-rows-per-second: 500}
            raw: {interval: 5min, records: 2, tombstones: drop}
            options: {max.batch.size: 4096, transforms.x.replacement: "${routedByValue}"}
            """);

        assertThat(lake.read().findSource("shop"))
                .hasValue(new SourceSettings(
                        "shop",
                        new ExternalPostgres(
                                new PostgresUrl("db", 5433, "shop", Map.of("sslmode", "require")),
                                new Login("tarn", Secret.of("hush"))),
                        List.of(new TableSettings(
                                new TablePattern("sales", "orders"),
                                List.of("shop", "number"),
                                List.of("country"),
                                List.of(TableType.COPY_ON_WRITE, TableType.MERGE_ON_READ),
                                Deletes.SOFT,
                                new TableFormat(
                                        9, TableFormat.Compression.SNAPPY, new TableFormat.Age(Duration.ofDays(7))),
                                "all_orders")),
                        new CommitSettings(Duration.ofMillis(500), 100),
                        new LoadSettings(LoadSettings.Through.KAFKA, 3, 500),
                        new RawSettings(Duration.ofMinutes(5), 2, RawSettings.Tombstones.DROP),
                        new Options(
                                Map.of("max.batch.size", "4096", "transforms.x.replacement", "${routedByValue}"),
                                Set.of())));
    }

    @Test
    void tableBelongsToItsOwnEntryBeforeAPattern() {
        lake.file("sources/moma.yaml", """
            postgres: embedded
            database: museum
            tables:
              - table: public.art*
              - table: public.artists
                into: painters
            """);

        SourceSettings moma = lake.read().findSource("moma").orElseThrow();

        assertThat(moma.postgres()).isEqualTo(new EmbeddedPostgres("museum"));
        assertThat(moma.find("public", "artists").map(entry -> entry.lakeTable("artists")))
                .hasValue("painters");
        assertThat(moma.find("public", "artworks").map(entry -> entry.lakeTable("artworks")))
                .hasValue("artworks");
        assertThat(moma.find("public", "visits")).isEmpty();
        assertThat(moma.find("private", "artists")).isEmpty();
    }
}
