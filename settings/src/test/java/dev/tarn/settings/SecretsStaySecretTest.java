package dev.tarn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.settings.RegistrySettings.ExternalRegistry;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.source.PostgresSettings.ExternalPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsStaySecretTest {
    private static final String IN_CLEAR = " is written in clear; keep it elsewhere and write ${env:X} or ${file:P}";

    @TempDir
    Path folder;

    private TestLake lake;

    @BeforeEach
    void createLake() {
        lake = new TestLake(folder.resolve("museum")).file("lake.yaml", "");
    }

    private TestLake source(String password) {
        return lake.file(
                "sources/moma.yaml",
                "postgres: {url: \"jdbc:postgresql://db:5432/moma\", user: tarn, password: " + password + "}\n"
                        + "tables: [{table: public.artists}]\n");
    }

    @Test
    void recordsPrintStars() {
        source("\"${env:PW}\"").environment("PW", "hush");
        lake.file("secrets/registry", "hush\n").file("lake.yaml", """
            kafka: {bootstrap: "b:1", options: {ssl.key.password: "${env:PW}", linger.ms: 5}}
            registry: {url: "http://r:80", user: tarn, password: "${file:secrets/registry}"}
            """);

        LakeSettings read = lake.read();

        assertThat(read.sources().get(0).postgres())
                .isInstanceOfSatisfying(
                        ExternalPostgres.class,
                        postgres ->
                                assertThat(postgres.login().password().reveal()).isEqualTo("hush"));
        assertThat(read.registry())
                .isInstanceOfSatisfying(
                        ExternalRegistry.class,
                        registry -> assertThat(registry.login())
                                .extracting(Login::password)
                                .extracting(password -> password.reveal())
                                .isEqualTo("hush"));
        assertThat(read.toString())
                .doesNotContain("hush")
                .contains("{ssl.key.password=***, linger.ms=5}", "Login[user=tarn, password=***]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hush", "12345", "hush${env:PW}", "${env:PW}hush", "${hush}", "${env:PW}${env:PW}"})
    void passwordInClearIsRefusedUnseen(String password) {
        source("\"" + password + "\"").environment("PW", "hush");

        assertThat(lake.message(null)).doesNotContain("hush").doesNotContain("12345");
        assertThat(lake.problems()).containsExactly("sources/moma.yaml line 1: postgres.password" + IN_CLEAR);
    }

    @Test
    void passwordOfTheWrongTypeIsRefusedUnseen() {
        source("{hush: hush}");
        assertThat(lake.problems())
                .containsExactly("sources/moma.yaml line 1: postgres.password must be a reference such as ${env:X},"
                        + " not a map");

        source("");
        assertThat(lake.problems())
                .containsExactly("sources/moma.yaml line 1: postgres.password must be a reference such as ${env:X},"
                        + " but it is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://tarn:hush@db:5432/moma",
                "jdbc:postgresql://db:5432/moma?password=hush",
                "jdbc:postgresql://db:5432/moma?sslmode=require&sslpassword=hush",
            })
    void passwordInAnAddressIsRefusedUnseen(String url) {
        lake.environment("PW", "deep")
                .file(
                        "sources/moma.yaml",
                        "postgres: {url: \"" + url + "\", user: tarn, password: \"${env:PW}\"}\n"
                                + "tables: [{table: public.artists}]\n");

        assertThat(lake.problems())
                .containsExactly("sources/moma.yaml line 1: postgres.url must not hold a user or a password;"
                        + " write user: and password: beside it");
    }

    @Test
    void passwordInClearAmongOptionsIsRefusedUnseen() {
        lake.file("lake.yaml", """
            kafka:
              bootstrap: "b:1"
              options:
                ssl.key.password: hush
                sasl.jaas.config: 'module required username="u" password="hush";'
            """);

        assertThat(lake.problems())
                .containsExactly(
                        "lake.yaml line 4: kafka.options.ssl.key.password" + IN_CLEAR,
                        "lake.yaml line 5: kafka.options.sasl.jaas.config" + IN_CLEAR);
    }

    @Test
    void brokenYamlDoesNotShowItsLine() {
        source("\"hush");

        assertThat(lake.message(null)).doesNotContain("hush").contains("sources/moma.yaml line 3: this is not YAML");
        source("*hush");
        assertThat(lake.message(null)).doesNotContain("hush").contains("an alias or a tag is not defined");
    }

    @Test
    void valueFromTheEnvironmentIsNeverShown() {
        lake.environment("KEY", "hush").file("lake.yaml", "kafka: {bootstrap: \"${env:KEY}\"}");

        assertThat(lake.problems())
                .containsExactly("lake.yaml line 1: kafka.bootstrap must be host:port, or several with commas between,"
                        + " not '${env:KEY}'");
    }

    @Test
    void missingSecretsAreProblemsWithTheirLine() {
        source("\"${env:PW}\"");
        assertThat(lake.problems())
                .containsExactly("sources/moma.yaml line 1: postgres.password: environment variable 'PW' is not set");

        lake.environment("PW", "");
        assertThat(lake.problems()).containsExactly("sources/moma.yaml line 1: postgres.password: ${env:PW} is empty");

        source("\"${file:secrets/pw}\"");
        assertThat(lake.problems())
                .containsExactly("sources/moma.yaml line 1: postgres.password: file 'secrets/pw' does not exist");

        lake.file("secrets/pw/inner", "");
        assertThat(lake.problems())
                .containsExactly("sources/moma.yaml line 1: postgres.password: file 'secrets/pw' cannot be read");
    }

    @Test
    void awsLibraryIsNeededForParametersAlone() {
        source("\"${ssm:/museum/pw}\"");
        String start = "sources/moma.yaml line 1: postgres.password: the AWS library ";
        assertThat(lake.problems())
                .containsExactly(start + "cannot be found, as system property tarn.home is not set;"
                        + " start Tarn by its own command, or use ${env:X} or ${file:P}");

        lake.tarnHome(folder.resolve("home"));
        assertThat(lake.problems())
                .containsExactly(start + "is not in '" + folder.resolve("home/lib/aws")
                        + "'; unpack Tarn again as a whole, or use ${env:X} or ${file:P}");

        new TestLake(folder.resolve("home/lib/aws")).file("notes.txt", "");
        assertThat(lake.problems())
                .containsExactly(start + "in '" + folder.resolve("home/lib/aws")
                        + "' is not complete; unpack Tarn again as a whole");
    }
}
