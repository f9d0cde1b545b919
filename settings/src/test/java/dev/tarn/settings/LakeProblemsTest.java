package dev.tarn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LakeProblemsTest {
    @TempDir
    Path folder;

    private TestLake lake;

    @BeforeEach
    void createLake() {
        lake = new TestLake(folder.resolve("museum"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        storge: embedded               | unknown key 'storge'; did you mean 'storage'?
        colour: red                    | unknown key 'colour'; known are name, storage, kafka, registry, catalog, engine, limits, memory, sql, schemas, profiles
        name: 1st                      | name must be a letter and up to 62 letters, digits, _ or -, not '1st'
        name: [a]                      | name must be text, not a list
        name:                          | name must be text, but it is empty
        name: ${USER}                  | name must write a reference as ${env:X}, not '${USER}'
        name: ${env:LAKE}              | name: environment variable 'LAKE' is not set
        name: ${envv:LAKE}             | name refers to 'envv'; did you mean 'env'?
        name: ${vault:LAKE}            | name refers to 'vault'; known are env, file, ssm
        name: ${file:n}                | name is no secret and may refer to the environment alone, as ${env:X}, not to 'file'
        storage: embeded               | storage must be 'embedded', a path such as ./data, or s3a://bucket/prefix, not 'embeded'; did you mean 'embedded'?
        storage: s3://bucket/x         | storage must be 'embedded', a path such as ./data, or s3a://bucket/prefix, not 's3://bucket/x'
        storage: ~/data                | storage must be 'embedded', a path such as ./data, or s3a://bucket/prefix, not '~/data'
        kafka: none                    | kafka must be 'embedded' or {bootstrap: "host:port"}, not 'none'
        kafka:                         | kafka must be 'embedded' or {bootstrap: "host:port"}, but it is empty
        kafka: {}                      | kafka.bootstrap is missing; write {bootstrap: "host:port"}
        kafka: {bootstrap: b1}         | kafka.bootstrap must be host:port, or several with commas between, not 'b1'
        kafka: {bootstrap: "b1:99999"} | kafka.bootstrap must be host:port, or several with commas between, not 'b1:99999'
        kafka: {bootstrap: "b:1, c:2"} | kafka.bootstrap must be host:port, or several with commas between, not 'b:1, c:2'
        kafka: {bootstrap: "b:1", options: [a]} | kafka.options must be a map of keys and values, not a list
        kafka: {bootstrap: "b:1", options: {group.id: g}} | kafka.options must not set 'group.id': Tarn sets it itself
        kafka: {bootstrap: "b:1", options: {linger.ms: [1]}} | kafka.options.linger.ms must be text, not a list
        kafka: {bootstrap: "b:1", security: sasl} | kafka.security must be 'tls', 'scram' or 'iam', not 'sasl'
        kafka: {bootstrap: "b:1", security: iam, user: u} | kafka.user belongs to security: scram, not to iam
        kafka: {bootstrap: "b:1", ca: x.pem} | kafka.ca belongs to security: tls or scram or iam, which is not written
        kafka: {bootstrap: "b:1", security: scram, user: u} | kafka.password is missing; kafka.security is scram
        kafka: {bootstrap: "b:1", security: scram, user: u, password: hush} | kafka.password is written in clear; keep it elsewhere and write ${env:X} or ${file:P}
        registry: {url: "ftp://r:80"}  | registry.url must be a URL such as http://host:port, not 'ftp://r:80'
        registry: {url: "http://r:0"}  | registry.url must be a URL such as http://host:port, not 'http://r:0'
        registry: {url: "http://[1:2]:80"} | registry.url must be a URL, and its host is not well written, not 'http://[1:2]:80'
        registry: {url: "http://u:hush@r:80"} | registry.url must be a URL such as http://host:port
        registry: {url: "http://my_registry:8080"} | registry.url must be a URL whose host has letters, digits, - and . alone, and starts its last part with a letter, not 'http://my_registry:8080'
        catalog: {metastore: "thrift://my_meta:9083"} | catalog.metastore must be a URL whose host has letters, digits, - and . alone, and starts its last part with a letter, not 'thrift://my_meta:9083'
        registry: {user: u}            | registry.password is missing; it belongs to the user
        catalog: hive                  | catalog must be 'embedded', 'none' or {metastore: "thrift://host:port"}, not 'hive'
        catalog: {metastore: "m:9083"} | catalog.metastore must be a URL such as thrift://host:port, not 'm:9083'
        engine: [none]                 | engine must be 'embedded', 'none' or {spark: "spark://host:port"}, not a list
        engine: {spark: "spark://m"}   | engine.spark must be a URL such as spark://host:port, not 'spark://m'
        engine: {sprak: "spark://m:1"} | unknown key 'sprak'; did you mean 'spark'?
        limits: 1 GiB                  | limits must be a map of keys and values, not '1 GiB'
        sql: 60 s                      | sql must be a map of keys and values, not '60 s'
        sql: {timeout: 60}             | sql.timeout must be a time such as 500 ms, 1 s, 5 min, 2 h or 7 d, not '60'
        sql: {timeout: 500 ms}         | sql.timeout must be a time from 1 s to 1 d, not '500 ms'
        sql: {max-rows: 1000001}       | sql.max-rows must be a whole number from 1 to 1000000, not '1000001'
        sql: {max-row: 10}             | unknown key 'max-row'; did you mean 'max-rows'?
        schemas: {compatibility: backwards} | schemas.compatibility must be one of none, backward, backward-transitive, forward, forward-transitive, full, full-transitive, not 'backwards'; did you mean 'backward'?
        schemas: {subjects: {x-value: any}} | schemas.subjects.x-value must be one of none, backward, backward-transitive, forward, forward-transitive, full, full-transitive, not 'any'
        schemas: {subject: {}}         | unknown key 'subject'; did you mean 'subjects'?
        limits: {free-disk: 512}       | limits.free-disk must be a size such as 512 MiB, not '512'
        limits: {restart-pause: 2 min} | limits.restart-pause must be a time from 1 ms to 1 min, not '2 min'
        memory: {engine: 0 MiB}        | memory.engine must be more than nothing, not '0 MiB'
        profiles: prod                 | profiles must be a map of keys and values, not 'prod'
        profiles: {prod: {kafka: no}}  | profiles.prod.kafka must be 'embedded' or {bootstrap: "host:port"}, not 'no'
        profiles: {prod: {profiles: {}}} | unknown key 'profiles'; known are name, storage, kafka, registry, catalog, engine, limits, memory, sql, schemas
        [museum]                       | the file must be a map of keys and values, not a list
        museum: "                      | this is not YAML: found unexpected end of stream
        kafka: {bootstrap: ${env:B}}   | this is not YAML: expected ',' or '}', but got {; put a reference such as ${env:X} in quotes
        name: *museum                  | this is not YAML: an alias or a tag is not defined; put a text that starts with *, & or ! in quotes
        """)
    void valueThatCannotStandIsRefusedWithItsLine(String yaml, String problem) {
        lake.file("lake.yaml", "# The museum\n" + yaml);

        assertThat(lake.problems()).contains("lake.yaml line 2: " + problem);
    }

    @Test
    void allProblemsOfAllFilesAreReportedTogether() {
        lake.file("lake.yaml", "name: museum\nname: other\nstorge: embedded\nlimits: {free-disk: lots}\n")
                .file("sources/broken.yaml", "tables: [\n")
                .file("sources/moma.yaml", "postgres: embedded\ntables:\n- table: artists\n");

        assertThat(lake.message("prd")).isEqualTo("Cannot read the settings of lake '" + lake.directory() + """
            ': 6 problems.
            lake.yaml: unknown profile 'prd'; lake.yaml has no profiles
            lake.yaml line 2: key 'name' is written twice
            lake.yaml line 3: unknown key 'storge'; did you mean 'storage'?
            lake.yaml line 4: limits.free-disk must be a size such as 512 MiB, not 'lots'
            sources/broken.yaml line 2: this is not YAML: expected the node content, but found '<stream end>'
            sources/moma.yaml line 3: tables.table must be schema.table, or a pattern such as public.*, not 'artists'
            Correct them and run the command again. [SETTINGS_INVALID]\
            """);
    }

    @Test
    void unknownProfileIsANearOneOrOneOfAFew() {
        lake.file("lake.yaml", "profiles: {prod: {engine: none}, test: {engine: none}}");

        assertThat(lake.problems("prd")).containsExactly("lake.yaml: unknown profile 'prd'; did you mean 'prod'?");
        assertThat(lake.problems("elsewhere"))
                .containsExactly("lake.yaml: unknown profile 'elsewhere'; known are prod, test");
    }

    @Test
    void embeddedCatalogNeedsTheEmbeddedEngine() {
        String reason =
                " is not embedded, but the embedded catalog of line 1 runs in the process of the embedded engine; write ";

        lake.file("lake.yaml", "catalog: embedded\nengine: none\n");
        assertThat(lake.problems())
                .containsExactly("lake.yaml line 2: engine" + reason + "catalog: none or its address");

        lake.file("lake.yaml", "catalog: embedded\nprofiles: {prod: {engine: {spark: \"spark://m:7077\"}}}\n");
        assertThat(lake.problems()).containsExactly("lake.yaml line 2: profiles.prod.engine" + reason + "its address");
    }

    @Test
    void engineNeedsACatalog() {
        String reason = ", and the engine finds tables through the catalog alone; write catalog: {metastore:"
                + " \"thrift://host:port\"}, or engine: none";

        lake.file("lake.yaml", "catalog: none\n");
        assertThat(lake.problems()).containsExactly("lake.yaml line 1: catalog is none" + reason);

        lake.file("lake.yaml", "engine: {spark: \"spark://m:7077\"}\n");
        assertThat(lake.problems()).containsExactly("lake.yaml line 1: engine has no catalog" + reason);

        lake.file("lake.yaml", "catalog: nowhere\n");
        assertThat(lake.problems()).singleElement().asString().contains("catalog must be 'embedded'");
    }

    @Test
    void directoryNameThatCannotBeTheLakesNameIsRefused() {
        TestLake spaced = new TestLake(folder.resolve("my lake")).file("lake.yaml", "");

        assertThat(spaced.problems())
                .containsExactly("lake.yaml: the directory's name 'my lake' cannot be the lake's name, which must be a"
                        + " letter and up to 62 letters, digits, _ or -; write another one under name:");
    }

    @Test
    void fileThatIsNotTextIsRefused() throws IOException {
        lake.file("lake.yaml", "name: a\0b");
        assertThat(lake.problems())
                .containsExactly("lake.yaml: this is not YAML: it holds control characters or is too large");

        Files.write(lake.directory().resolve("lake.yaml"), new byte[] {'a', ':', (byte) 0xff});
        assertThat(lake.problems()).containsExactly("lake.yaml: the file is not UTF-8 text");
    }
}
