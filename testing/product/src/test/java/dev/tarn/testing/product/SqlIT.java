package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.MuseumLake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL on the lake: through the command, through JDBC, and through another engine that reads the files. */
@OnLake(MuseumLake.class)
@Order(5)
class SqlIT {
    private static final String ENDLESS =
            "SELECT count(*) FROM range(0, 100000000, 1, 1) a CROSS JOIN range(100000) b WHERE a.id + b.id = 7";

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeTables(Lake lake) throws Exception {
        Database.execute(lake, Database.MUSEUM + """
                ALTER TABLE artworks ADD COLUMN IF NOT EXISTS seen timestamptz;
                ALTER TABLE artworks ADD COLUMN IF NOT EXISTS made timestamp;
                INSERT INTO artists (artist_id, name, nationality) VALUES (90001, 'Ada', 'British');
                INSERT INTO artworks (artwork_id, title, artist_id, classification, acquisition_date, height_cm, seen, made)
                SELECT 90000 + i, CASE WHEN i % 3 > 0 THEN 'Wörk ' || i END, 90001, 'Shelf ' || i % 2,
                    CASE WHEN i % 4 > 0 THEN DATE '1606-07-15' + i END, CASE WHEN i % 5 > 0 THEN i / 7.0 END,
                    CASE WHEN i % 6 > 0 THEN TIMESTAMPTZ '2026-11-25 10:00:00.123456+02' + i * INTERVAL '1 day' END,
                    CASE WHEN i % 7 > 0 THEN TIMESTAMP '1960-02-29 23:59:59.000001' + i * INTERVAL '1 second' END
                FROM generate_series(1, 40) i;
                """);
        for (String table : List.of("artworks", "artworks_cow")) {
            await().atMost(Duration.ofMinutes(4))
                    .untilAsserted(() -> assertThat(rows(
                                    lake,
                                    "SELECT count(*) AS n, count(made) AS m FROM moma." + table
                                            + " WHERE artwork_id > 90000"))
                            .hasToString("[{n=40, m=35}]"));
        }
        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(rows(lake, "SELECT name FROM moma.artists WHERE artist_id = 90001"))
                        .hasToString("[{name=Ada}]"));
    }

    @AfterAll
    static void removeRows(Lake lake) throws Exception {
        Database.execute(
                lake, "DELETE FROM artworks WHERE artwork_id > 90000; DELETE FROM artists WHERE artist_id > 90000");
        lake.run("sql", "DROP DATABASE IF EXISTS lab CASCADE");
    }

    @Test
    void plainHiveDriverReadsAndIsRefusedWhereItWouldBreakAMirror(Lake lake) throws Exception {
        URL jar = Path.of(System.getProperty("hive.driver")).toUri().toURL();
        // A class loader of its own: the jar has many libraries in it.
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
            Driver driver = (Driver) loader.loadClass("org.apache.hive.jdbc.HiveDriver")
                    .getConstructor()
                    .newInstance();
            Properties login = new Properties();
            login.put("user", "anyone");
            try (Connection connection = driver.connect(lake.address("engine", "jdbc"), login);
                    Statement statement = connection.createStatement()) {
                try (ResultSet found = statement.executeQuery("SELECT a.name, count(*), sum(w.height_cm)"
                        + " FROM moma.artworks w JOIN moma.artists a ON a.artist_id = w.artist_id"
                        + " WHERE a.artist_id = 90001 GROUP BY a.name")) {
                    assertThat(found.next()).isTrue();
                    assertThat(found.getString(1)).isEqualTo("Ada");
                    assertThat(found.getLong(2)).isEqualTo(40);
                    assertThat(found.getBigDecimal(3)).isEqualByComparingTo("91.4286");
                }
                assertThatThrownBy(() -> statement.execute("UPDATE moma.artworks SET title = 'x'"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining(
                                "Cannot change table 'moma.artworks': it mirrors moma: public.artworks, and"
                                        + " Tarn's writer alone writes it")
                        .hasMessageContaining("[TABLE_MIRROR]");
            }
        }
    }

    @Test
    void fastEngineGivesSparksAnswersAndSaysWhatItDoesNotRun(Lake lake) {
        for (String table : List.of("moma.artworks_cow", "moma.artworks", "moma.artworks_ro")) {
            String sums =
                    "SELECT classification, count(*) AS n, sum(height_cm) AS high, min(acquisition_date) AS first,"
                            + " max(seen) AS last FROM " + table + " WHERE artwork_id > 90000 AND title IS NOT NULL"
                            + " GROUP BY classification ORDER BY classification";
            Tarn.Result fast = lake.run("sql", sums, "--engine", "fast", "--output", "json");
            Tarn.Result spark = lake.run("sql", sums, "--engine", "spark", "--output", "json");
            Tarn.Result unasked = lake.run("sql", sums, "--output", "json");

            assertThat(fast.exitCode()).as(fast.err()).isEqualTo(0);
            assertThat(fast.out()).as(table).isEqualTo(spark.out());
            assertThat(unasked.out()).as(table).isEqualTo(spark.out());
            assertThat(fast.err()).contains("Run by the fast engine.");
            assertThat(spark.err() + unasked.err()).doesNotContain("Run by");
            if (!table.endsWith("_ro")) {
                assertThat(fast.out()).as(table).contains("Shelf 0", "Shelf 1");
            }
        }

        String window = "SELECT row_number() OVER (ORDER BY artist_id) AS n FROM moma.artists WHERE artist_id = 90001";
        Tarn.Result refused = lake.run("sql", window, "--engine", "fast");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("Cannot run the query on the fast engine: ", "--engine auto", "[NOT_FAST]");
        Tarn.Result auto = lake.run("sql", window, "--engine", "auto");
        assertThat(auto.exitCode()).as(auto.err()).isEqualTo(0);
        assertThat(auto.err()).contains("Run by Spark: ");
        assertThat(lake.run("sql", "SELECT 1", "--engine", "duck").err()).contains("one of auto, fast, spark");
    }

    @Test
    void oneQueryJoinsSeveralDatabases(Lake lake) throws Exception {
        Path script = Files.writeString(folder.resolve("lab.sql"), """
                CREATE DATABASE IF NOT EXISTS lab;
                USE lab;
                CREATE TABLE IF NOT EXISTS notes (artwork_id INT, note STRING) USING hudi TBLPROPERTIES (primaryKey = 'artwork_id');
                INSERT INTO notes VALUES (90001, 'to be ; cleaned'), (90002, NULL); -- a comment; with a semicolon
                UPDATE notes SET note = 'clean' WHERE artwork_id = 90001;
                SELECT a.name, w.title, n.note FROM notes n JOIN moma.artworks w USING (artwork_id)
                JOIN moma.artists_cow a USING (artist_id) ORDER BY w.artwork_id;
                """);

        Tarn.Result result = lake.run("sql", "--file", script.toString(), "--output", "csv");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("name,title,note\nAda,Wörk 1,clean\nAda,Wörk 2,\n");
        assertThat(lake.run("table", "list").out().lines().filter(line -> line.startsWith("lab.notes")))
                .singleElement()
                .asString()
                .matches("lab\\.notes +cow .* - *");
        assertThat(lake.run("sql", "DROP DATABASE moma CASCADE").errBesidesWaiting())
                .isEqualTo("Cannot drop database 'moma': it holds table 'moma.artists', which mirrors moma:"
                        + " public.artists. Drop the tables of the lake's own one by one. [TABLE_MIRROR]\n");
    }

    @Test
    void interruptedCommandLeavesNoQueryBehind(Lake lake) throws Exception {
        double idle = engineSeconds(lake);
        List<Process> commands = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            commands.add(new Tarn(lake.directory())
                    .builder("sql", "--timeout", "600", ENDLESS)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out" + i).toFile())
                    .start());
        }
        await().atMost(Duration.ofMinutes(4)).until(() -> engineSeconds(lake) > idle + 5);

        commands.get(0).toHandle().destroy();
        // Nobody tells the engine about this one's end.
        commands.get(1).toHandle().destroyForcibly();

        for (Process command : commands) {
            assertThat(command.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(commands.get(0).exitValue()).isEqualTo(143);
        await().atMost(Duration.ofMinutes(4)).until(() -> {
            double before = engineSeconds(lake);
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            return engineSeconds(lake) - before < 1;
        });
    }

    /** CPU time of the engine. */
    private static double engineSeconds(Lake lake) {
        return ProcessHandle.of(lake.pid("engine"))
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow()
                        .toMillis()
                / 1000.0;
    }

    @Test
    void duckDbReadsTheNewestFilesAsSparkDoes(Lake lake) throws Exception {
        assertThat(lake.run("table", "compact", "moma.artworks").exitCode()).isZero();
        String spark = "SELECT artwork_id, title, CAST(height_cm AS STRING) AS height,"
                + " CAST(acquisition_date AS STRING) AS acquired, date_format(seen, 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS seen,"
                + " date_format(made, 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS made FROM %s WHERE artwork_id > 90000 ORDER BY 1";
        String duckDb = "SELECT artwork_id, title, CAST(height_cm AS VARCHAR), CAST(acquisition_date AS VARCHAR),"
                + " strftime(seen, '%Y-%m-%d %H:%M:%S.%f'), strftime(made, '%Y-%m-%d %H:%M:%S.%f')"
                + " FROM read_parquet([FILES], union_by_name = true) WHERE artwork_id > 90000 ORDER BY 1";
        for (String table : List.of("moma.artworks", "moma.artworks_cow")) {
            List<List<Object>> expected = new ArrayList<>();
            for (Object row : rows(lake, spark.formatted(table))) {
                expected.add(new ArrayList<>(((Map<?, ?>) row).values()));
            }
            assertThat(expected).as(table).hasSize(40);
            assertThat(duckDb(
                            duckDb.replace("FILES", files(lake, table)),
                            expected.get(0).size()))
                    .as(table)
                    .isEqualTo(expected);
        }
    }

    /** The base files of the newest slices, as a list in SQL. */
    private static String files(Lake lake, String table) throws IOException {
        String path = String.valueOf(JSON.std
                .mapFrom(lake.run("table", "show", table, "--output", "json").out())
                .get("path"));
        List<String> files = new ArrayList<>();
        for (Object group : JSON.std.listFrom(
                lake.run("table", "files", table, "--output", "json").out())) {
            Map<?, ?> fields = (Map<?, ?>) group;
            assertThat(fields.get("logFiles"))
                    .as("logs, which DuckDB does not read")
                    .isEqualTo(0);
            Path folder = Path.of(path, String.valueOf(fields.get("partition")));
            Map<?, ?> base = (Map<?, ?>) Objects.requireNonNull(fields.get("baseFile"));
            files.add(folder.resolve(String.valueOf(base.get("name"))).toString());
        }
        return files.stream().map(file -> "'" + file.replace("'", "''") + "'").collect(Collectors.joining(","));
    }

    private static List<List<Object>> duckDb(String sql, int columns) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet found = statement.executeQuery(sql)) {
                while (found.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(found.getObject(i));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static List<Object> rows(Lake lake, String sql) throws IOException {
        Tarn.Result result = lake.run("sql", sql, "--max-rows", "10000", "--output", "json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        return JSON.std.listFrom(result.out());
    }
}
