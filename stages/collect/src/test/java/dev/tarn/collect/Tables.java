package dev.tarn.collect;

import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Options;
import dev.tarn.settings.secret.Secret;
import dev.tarn.settings.source.CommitSettings;
import dev.tarn.settings.source.Deletes;
import dev.tarn.settings.source.LoadSettings;
import dev.tarn.settings.source.PostgresSettings;
import dev.tarn.settings.source.PostgresSettings.EmbeddedPostgres;
import dev.tarn.settings.source.PostgresSettings.ExternalPostgres;
import dev.tarn.settings.source.PostgresUrl;
import dev.tarn.settings.source.RawSettings;
import dev.tarn.settings.source.SourceSettings;
import dev.tarn.settings.source.TableFormat;
import dev.tarn.settings.source.TablePattern;
import dev.tarn.settings.source.TableSettings;
import dev.tarn.settings.source.TableType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tables and sources as tests need them. */
public final class Tables {
    public static final PostgresSettings EMBEDDED = new EmbeddedPostgres("moma");
    public static final PostgresSettings EXTERNAL = new ExternalPostgres(
            PostgresUrl.parse("jdbc:postgresql://db:5433/shop?sslmode=require&tcpKeepAlive=true"),
            new Login("tarn", Secret.of("hush")));

    private Tables() {}

    public static LakePlaces places() {
        return new LakePlaces(
                "museum",
                "s3a://bucket/lake",
                Path.of("/lake/.tarn"),
                "thrift://m:9083",
                "http://r:8080",
                null,
                new Options(
                        Map.of("fs.s3a.endpoint", "http://minio:9000", "fs.s3a.secret.key", "hush"),
                        Set.of("fs.s3a.secret.key")));
    }

    public static SourceTable table(String schema, String name, String... columns) {
        List<SourceColumn> all = Arrays.stream(columns)
                .map(column -> new SourceColumn(column, "text", "", 1, false, null))
                .toList();
        return new SourceTable(schema, name, "", all, List.of(columns[0]), Set.of(columns[0]), true, false);
    }

    public static TableSettings entry(String table) {
        return entry(table, List.of(), List.of(), null);
    }

    public static TableSettings entry(
            String table,
            List<String> key,
            List<String> partition,
            @org.jspecify.annotations.Nullable String into,
            TableType... types) {
        return new TableSettings(
                TablePattern.parse(table),
                key,
                partition,
                types.length == 0 ? List.of(TableType.MERGE_ON_READ) : List.of(types),
                Deletes.HARD,
                TableFormat.DEFAULT,
                into);
    }

    public static SourceSettings source(PostgresSettings postgres, TableSettings... entries) {
        return source(postgres, Map.of(), Set.of(), entries);
    }

    public static SourceSettings source(
            PostgresSettings postgres, Map<String, String> options, Set<String> secret, TableSettings... entries) {
        return new SourceSettings(
                "moma",
                postgres,
                List.of(entries),
                CommitSettings.DEFAULT,
                LoadSettings.DEFAULT,
                RawSettings.DEFAULT,
                new Options(options, secret));
    }

    public static DatabaseView view(SourceTable... tables) {
        return new DatabaseView(List.of(tables), List.of(), Optional.empty());
    }
}
