package dev.tarn.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.settings.TestLake;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceProblemsTest {
    private static final String TABLE = "postgres: embedded\ntables: [{table: public.artists}]\n";

    @TempDir
    Path folder;

    private TestLake lake;

    @BeforeEach
    void createLake() {
        lake = new TestLake(folder.resolve("museum")).file("lake.yaml", "").environment("PW", "hush");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        table: artists                 | tables.table must be schema.table, or a pattern such as public.*, not 'artists'
        table: a.b.c                   | tables.table must be schema.table, or a pattern such as public.*, not 'a.b.c'
        key: [id]                      | tables.table is missing; write it as schema.table
        table: a.b, keys: [id]         | unknown key 'keys'; did you mean 'key'?
        table: a.b, key: id            | tables.key must be a list such as [id], not 'id'
        table: a.b, key: [id, id]      | tables.key names 'id' twice
        table: a.b, key: [""]          | tables.key must not be empty, not ''
        table: a.b, partition: {a: b}  | tables.partition must be a list such as [country], not a map
        table: a.b, type: merge        | tables.type must be merge-on-read, copy-on-write or a list of both, not 'merge'
        table: a.b, type: []           | tables.type must be merge-on-read, copy-on-write or a list of both, not a list
        table: a.b, type: [merge-on-raed] | tables.type must be merge-on-read, copy-on-write or a list of both, not 'merge-on-raed'; did you mean 'merge-on-read'?
        table: a.b, type: [copy-on-write, copy-on-write] | tables.type names 'copy-on-write' twice
        table: a.b, deletes: sotf      | tables.deletes must be hard or soft, not 'sotf'; did you mean 'soft'?
        table: a.b, version: 8         | tables.version must be 6 or 9, not '8'
        table: a.b, compression: gzip  | tables.compression must be zstd or snappy, not 'gzip'
        table: a.b, history: 7         | tables.history must be a number of commits such as 1000 commits, or a time such as 7 d, not '7'
        table: a.b, into: b-c          | tables.into must be a letter and up to 127 letters, digits or _, not 'b-c'
        table: a.*, into: b            | into does not go with the pattern 'a.*', whose tables would all be one; give the table an entry of its own
        table: a.b-c                   | 'b-c' cannot be the table's name in the lake, which must be a letter and up to 127 letters, digits or _; give it another one with into:
        """)
    void tableThatCannotStandIsRefusedWithItsLine(String entry, String problem) {
        lake.file("sources/moma.yaml", "postgres: embedded\ntables:\n  - {" + entry + "}\n");

        assertThat(lake.problems()).containsExactly("sources/moma.yaml line 3: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        commit: 1 s                 | commit must be a map of keys and values, not '1 s'
        commit: {interval: 0 s}     | commit.interval must be a time such as 500 ms, 1 s, 5 min, 2 h or 7 d, not '0 s'
        commit: {interval: 1}       | commit.interval must be a time such as 500 ms, 1 s, 5 min, 2 h or 7 d, not '1'
        commit: {changes: -1}       | commit.changes must be a whole number from 1 to 999999999, not '-1'
        load: {through: kafke}      | load.through must be direct or kafka, not 'kafke'; did you mean 'kafka'?
        load: {connections: 0}      | load.connections must be a whole number from 1 to 999999999, not '0'
        raw: {records: many}        | raw.records must be a whole number from 1 to 999999999, not 'many'
        raw: {tombstones: kep}      | raw.tombstones must be keep or drop, not 'kep'; did you mean 'keep'?
        raw: {interwal: 1 s}        | unknown key 'interwal'; did you mean 'interval'?
        """)
    void whenToCommitAndToFinishFilesIsRefusedWithItsLine(String line, String problem) {
        lake.file("sources/moma.yaml", "postgres: embedded\n" + line + "\ntables: [{table: public.artists}]\n");

        assertThat(lake.problems()).containsExactly("sources/moma.yaml line 2: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        postgres: embeded  | postgres must be 'embedded' or {url: …, user: …, password: …}, not 'embeded'; did you mean 'embedded'?
        postgres: {url: "postgresql://db/moma", user: u, password: "${env:PW}"} | postgres.url must be a URL such as jdbc:postgresql://host:5432/database, not 'postgresql://db/moma'
        postgres: {url: "jdbc:postgresql://db/moma", user: u, password: "${env:PW}"} | postgres.url must be a URL such as jdbc:postgresql://host:5432/database, not 'jdbc:postgresql://db/moma'
        postgres: {user: u, password: "${env:PW}"} | postgres.url is missing; write url: "jdbc:postgresql://host:5432/database"
        postgres: {url: "jdbc:postgresql://db:1/m", password: "${env:PW}"} | postgres.user is missing; write the user that may replicate
        postgres: {url: "jdbc:postgresql://db:1/m", user: u} | postgres.password is missing; write a reference such as password: "${env:PGPASSWORD}"
        """)
    void databaseThatCannotStandIsRefusedWithItsLine(String postgres, String problem) {
        lake.file("sources/moma.yaml", postgres + "\ntables: [{table: public.artists}]\n");

        assertThat(lake.problems()).containsExactly("sources/moma.yaml line 1: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        tables: all                 | tables must be a list such as - table: public.artists, not 'all'
        tables: []                  | tables holds no table; write one such as - table: public.artists
        tables: [public.artists]    | tables must hold entries such as - table: public.artists, not 'public.artists'
        """)
    void tablesAreAListOfEntries(String tables, String problem) {
        lake.file("sources/moma.yaml", "postgres: embedded\n" + tables);

        assertThat(lake.problems()).containsExactly("sources/moma.yaml line 2: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connector.class",
                "database.dbname",
                "database.hostname",
                "database.password",
                "database.port",
                "database.user",
                "plugin.name",
                "publication.name",
                "slot.name",
                "topic.prefix",
            })
    void optionThatTarnSetsItselfIsRefused(String key) {
        lake.file("sources/moma.yaml", TABLE + "options: {" + key + ": x}");

        assertThat(lake.problems())
                .containsExactly("sources/moma.yaml line 3: options must not set '" + key + "': Tarn sets it itself");
    }

    @Test
    void emptyFileLacksDatabaseAndTables() {
        lake.file("sources/moma.yaml", "");

        assertThat(lake.problems())
                .containsExactly(
                        "sources/moma.yaml: postgres is missing; write postgres: embedded, or its url, user and"
                                + " password",
                        "sources/moma.yaml: tables is missing; write a list of them, such as - table: public.artists");
    }

    @Test
    void databaseBelongsToTheEmbeddedPostgres() {
        lake.file("sources/moma.yaml", """
            postgres: {url: "jdbc:postgresql://db:5432/moma", user: u, password: "${env:PW}"}
            database: moma
            tables: [{table: public.artists}]
            """);

        assertThat(lake.problems())
                .containsExactly("sources/moma.yaml line 2: database is for postgres: embedded alone;"
                        + " here the url names the database");
    }

    @Test
    void twoWritersOfOneLakeTableAreRefused() {
        lake.file("sources/moma.yaml", TABLE)
                .file("sources/tate.yaml", TABLE.replace("public.artists", "tate.Artists"));

        assertThat(lake.problems())
                .containsExactly("sources/tate.yaml line 2: the table 'Artists' of the lake is written by"
                        + " sources/moma.yaml line 2 too; give one of them another name with into:");
    }

    @Test
    void tableListedTwiceIsRefused() {
        lake.file(
                "sources/moma.yaml",
                "postgres: embedded\ntables:\n- table: a.b\n- {table: a.b, into: c}\n- table: a.*\n- table: a.*\n");

        assertThat(lake.problems())
                .containsExactly(
                        "sources/moma.yaml line 4: 'a.b' is listed on line 3 already",
                        "sources/moma.yaml line 6: 'a.*' is listed on line 5 already");
    }

    @Test
    void nameOfTheFileIsTheNameOfTheSource() {
        lake.file("sources/my moma.yaml", TABLE).file("sources/tate.yml", TABLE);

        assertThat(lake.problems())
                .containsExactly(
                        "sources/my moma.yaml: the file's name without .yaml is the source's name and must be a letter"
                                + " and up to 62 letters, digits, _ or -",
                        "sources/tate.yml: files of sources end with .yaml; rename it");
    }
}
