package dev.tarn.collect.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.collect.CapturedTable;
import dev.tarn.collect.Tables;
import dev.tarn.model.TarnException;
import dev.tarn.settings.LakeSettings;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Secret;
import dev.tarn.settings.source.PostgresSettings.ExternalPostgres;
import dev.tarn.settings.source.PostgresUrl;
import dev.tarn.settings.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebeziumConnectorTest {
    private static final CapturedTable ARTISTS =
            new CapturedTable(Tables.table("public", "artists", "id", "name"), Tables.entry("public.artists"));

    @Test
    void databaseElsewhereKeepsItsPasswordInTheEnvironment() {
        Map<String, String> settings = external(Map.of(), Set.of());

        assertThat(settings)
                .containsEntry("connector.class", "dev.tarn.processes.collect.debezium.PostgresSource")
                .containsEntry("database.hostname", "db")
                .containsEntry("database.port", "5433")
                .containsEntry("database.dbname", "shop")
                .containsEntry("database.user", "tarn")
                .containsEntry("database.password", "${env:TARN_SECRET_PASSWORD_moma}")
                .containsEntry("database.sslmode", "require")
                .containsEntry("driver.tcpKeepAlive", "true")
                .containsEntry("topic.prefix", "museum")
                .containsEntry("slot.name", "tarn_museum_moma")
                .containsEntry("table.include.list", "public\\.artists")
                .doesNotContainKey("message.key.columns");
        assertThat(settings.toString()).doesNotContain("hush");
        assertThat(SourceSecrets.environment(
                        List.of(Tables.source(Tables.EXTERNAL)),
                        null,
                        Tables.places().storageOptions()))
                .containsOnly(
                        Map.entry("TARN_SECRET_PASSWORD_moma", "hush"),
                        Map.entry("TARN_SECRET_STORAGE_fs.s3a.secret.key", "hush"));
    }

    @Test
    void embeddedDatabaseKeepsItsPasswordInItsFile() {
        assertThat(DebeziumConnector.settings(
                        Tables.places(),
                        Tables.source(Tables.EMBEDDED),
                        PostgresUrl.parse("jdbc:postgresql://127.0.0.1:5432/moma"),
                        new Login("postgres", Secret.of("hush")),
                        List.of(ARTISTS),
                        Map.of()))
                .containsEntry("database.password", "${directory:/lake/.tarn/secrets:postgres}");
    }

    @Test
    void optionOfTheUserGoesBeforeWhatIsTunedAndItsSecretStaysOne() {
        assertThat(external(
                        Map.of("poll.interval.ms", "500", "driver.ssl.password", "hush"),
                        Set.of("driver.ssl.password")))
                .containsEntry("poll.interval.ms", "500")
                .containsEntry("driver.ssl.password", "${env:TARN_SECRET_OPTION_moma_driver.ssl.password}");
    }

    @Test
    void whatTheConnectorRefusesTheSettingsRefuseBefore(@TempDir Path lake) throws IOException {
        Map<String, String> known = external(Map.of(), Set.of());
        Files.createDirectories(lake.resolve("sources"));
        Files.writeString(lake.resolve("lake.yaml"), "name: museum\n");
        for (String key : known.keySet()) {
            boolean passed;
            Files.writeString(
                    lake.resolve("sources/moma.yaml"),
                    "postgres: embedded\ntables: [{table: a.b}]\noptions: {\"" + key + "\": x}\n");
            try {
                passed = !LakeSettings.load(lake, null).sources().isEmpty();
            } catch (TarnException e) {
                passed = false;
            }
            boolean isPartOfTheUrlOrATransformation =
                    key.startsWith("database.") || key.startsWith("driver.") || key.startsWith("transforms.");
            if (passed && !isPartOfTheUrlOrATransformation) {
                assertThatCode(() -> external(Map.of(key, "x"), Set.of()))
                        .as(key)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void optionThatMustBeOursIsRefused() {
        assertThatThrownBy(() -> external(Map.of("transforms.unwrap.type", "x"), Set.of()))
                .isInstanceOf(TarnException.class)
                .hasMessage(
                        "Cannot capture source 'moma': options must not set 'transforms.unwrap.type', since Tarn sets"
                                + " it itself. Take it out of sources/moma.yaml. [SOURCE_OPTION]");
    }

    @Test
    void keyOfItsOwnIsTheKeyOfItsMessages() {
        CapturedTable table = new CapturedTable(
                Tables.table("public", "my,table", "id", "name"),
                Tables.entry("public.*", List.of("name", "id"), List.of(), null));

        assertThat(settings(Tables.source(Tables.EXTERNAL), table))
                .containsEntry("message.key.columns", "public\\.my\\x{2c}table:name,id")
                .containsEntry("table.include.list", "public\\.my\\x{2c}table");
    }

    @Test
    void slotsAreValidShortAndDifferent() {
        assertThat(SlotName.of("museum", "moma")).isEqualTo("tarn_museum_moma");
        assertThat(SlotName.of("Museum", "mo-ma")).matches("tarn_museum_mo_ma_[0-9a-f]{8}");
        assertThat(SlotName.of("museum", "mo-ma")).isNotEqualTo(SlotName.of("museum", "mo_ma"));
        assertThat(SlotName.of("m".repeat(63), "s".repeat(63))).hasSize(63);
    }

    private static Map<String, String> external(Map<String, String> options, Set<String> secret) {
        return settings(Tables.source(Tables.EXTERNAL, options, secret), ARTISTS);
    }

    private static Map<String, String> settings(SourceSettings source, CapturedTable... tables) {
        ExternalPostgres postgres = (ExternalPostgres) source.postgres();
        return DebeziumConnector.settings(
                Tables.places(), source, postgres.url(), postgres.login(), List.of(tables), Map.of());
    }
}
