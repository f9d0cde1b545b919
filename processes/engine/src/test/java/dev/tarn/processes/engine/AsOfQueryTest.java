package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.processes.engine.asof.LakeAsOf;
import dev.tarn.processes.engine.asof.Moment;
import dev.tarn.processes.engine.asof.SourceReaches;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries over several tables at one moment, against a real Spark and Hudi tables whose commits say their source times. */
class AsOfQueryTest {
    @TempDir
    private static Path folder;

    private static SparkSession session;

    @BeforeAll
    static void makeTables() throws Exception {
        session = TestSpark.shared().newSession();
        // 100 are moved from one table to the other at each second; the commits of the two end at different places.
        write("debit", "MERGE_ON_READ", 1, 1_000, 1_000, 0);
        write("credit", "COPY_ON_WRITE", 1, 1_000, 0, 0);
        write("debit", "MERGE_ON_READ", 1, 900, 2_000, 1);
        write("credit", "COPY_ON_WRITE", 1, 100, 2_000, 1);
        write("debit", "MERGE_ON_READ", 1, 700, 3_000, 4_000, 3);
        write("credit", "COPY_ON_WRITE", 1, 200, 3_000, 2);
        write("credit", "COPY_ON_WRITE", 1, 300, 4_000, 3);
        write("credit", "COPY_ON_WRITE", 1, 400, 5_000, 4);
        write("debit", "MERGE_ON_READ", 1, 600, 5_000, 4);
        for (String table : List.of("debit", "credit")) {
            create(table, table, table.equals("debit") ? "mor" : "cow", "");
        }
        create("debit_ro", "debit", "mor", ", 'hoodie.query.as.ro.table' = 'true'");
        for (String entry : List.of("debit", "debit_ro", "credit")) {
            TestEngine.mark(session, "default", entry, "bank: public." + entry);
        }
        session.sql("CREATE VIEW totals AS WITH both AS (SELECT amount FROM debit UNION ALL SELECT amount FROM credit)"
                + " SELECT sum(amount) AS total FROM both");
        session.sql("CREATE TABLE plain USING parquet AS SELECT 1 AS id");
    }

    @AfterAll
    static void stop() {
        TestSpark.shared().clear();
    }

    @Test
    void joinSeesBothTablesAtTheSameMoment() throws Exception {
        String sql = "SELECT d.amount, c.amount FROM debit d JOIN credit c ON d.id = c.id";

        assertThat(ask(sql, "1970-01-01T00:00:02.500Z").get(0).toString()).isEqualTo("[900,100]");
        // The commit of debit holds both seconds, so credit is not read between them.
        assertThat(ask(sql, "1970-01-01T00:00:03.500Z").get(0).toString()).isEqualTo("[900,100]");
        assertThat(ask(sql, "1970-01-01T00:00:04.500Z").get(0).toString()).isEqualTo("[700,300]");
        assertThat(ask(sql, "now").get(0).toString()).isEqualTo("[600,400]");
    }

    @Test
    void viewsAndSubqueriesAndCommonTablesAreReadAtTheMomentToo() throws Exception {
        for (String moment : List.of("1970-01-01T00:00:02Z", "1970-01-01T00:00:03Z", "1970-01-01T00:00:04Z", "now")) {
            assertThat(ask("SELECT total FROM totals", moment).get(0).getLong(0))
                    .isEqualTo(1_000);
            assertThat(ask(
                                    "WITH c AS (SELECT sum(amount) AS sum FROM credit) SELECT (SELECT sum(amount) FROM debit) +"
                                            + " sum FROM c WHERE EXISTS (SELECT * FROM debit)",
                                    moment)
                            .get(0)
                            .getLong(0))
                    .isEqualTo(1_000);
        }
        assertThat(ask("SELECT 1", "-2h").get(0).getInt(0)).isEqualTo(1);
    }

    @Test
    void positionsOfTheSourceAreMoments() throws Exception {
        String sql = "SELECT d.amount, c.amount FROM debit d JOIN credit c ON d.id = c.id";

        assertThat(ask(sql, "0/1").get(0).toString()).isEqualTo("[900,100]");
        assertThat(ask(sql, "0/2").get(0).toString()).isEqualTo("[900,100]");
        assertThat(ask(sql, "0/3").get(0).toString()).isEqualTo("[700,300]");
    }

    @Test
    void whatIsNoQueryOrKeepsNoHistoryIsRefused() {
        assertThatThrownBy(() -> ask("INSERT INTO plain VALUES (2)", "now"))
                .hasMessage("Cannot run this statement as of a moment: it is no query. Run it without --as-of.");
        assertThatThrownBy(() -> ask("SELECT * FROM plain", "now"))
                .hasMessageContaining(
                        "Cannot read table 'spark_catalog.default.plain' as of a moment: it is no Hudi table");
        assertThatThrownBy(() -> ask("SELECT * FROM debit_ro", "now"))
                .hasMessageContaining("Cannot read 'default.debit_ro' as of a moment", "Query default.debit instead");
        assertThatThrownBy(() -> ask("SELECT * FROM debit", "1970-01-01"))
                .hasMessageContaining("its history begins at 1970-01-01T00:00:01.001Z (instant ");
        assertThat(session.sql("SELECT count(*) FROM plain").head().getLong(0)).isEqualTo(1);
    }

    @Test
    void newestStateIsReadOnlyAsFarAsTheSourceIsKnown(@TempDir Path reaches) throws Exception {
        String sql = "SELECT d.amount, c.amount FROM debit d JOIN credit c ON d.id = c.id";
        LakeAsOf known =
                new LakeAsOf(new SourceReaches(reaches), session.sparkContext().hadoopConfiguration());

        assertThat(ask(known, sql, "now").get(0).toString()).isEqualTo("[700,300]");

        Files.writeString(
                reaches.resolve("bank.reach"),
                "{\"source\":\"bank\",\"throughMillis\":9000,\"lsn\":9,\"ends\":{\"t.debit-0\":9,\"t.credit-0\":4}}");
        // Five records of debit are in Kafka that the table has not read.
        assertThat(ask(known, sql, "now").get(0).toString()).isEqualTo("[700,300]");

        Files.writeString(
                reaches.resolve("bank.reach"),
                "{\"source\":\"bank\",\"throughMillis\":9000,\"lsn\":9,\"ends\":{\"t.debit-0\":4,\"t.credit-0\":4}}");
        assertThat(ask(known, sql, "now").get(0).toString()).isEqualTo("[600,400]");
    }

    private static List<Row> ask(String sql, String moment) throws Exception {
        return ask(new LakeAsOf(new SourceReaches(null), session.sparkContext().hadoopConfiguration()), sql, moment);
    }

    private static List<Row> ask(LakeAsOf lake, String sql, String moment) throws Exception {
        return new AsOfQuery(lake)
                .prepare(session.newSession(), sql, Moment.parse(moment))
                .rows()
                .collectAsList();
    }

    private static void write(String table, String type, int id, int amount, long millis, int lsn) {
        write(table, type, id, amount, millis == 0 ? 1_000 : millis, millis == 0 ? 1_000 : millis, lsn);
    }

    private static void write(String table, String type, int id, int amount, long from, long upto, int lsn) {
        Map<String, String> notes = Map.of(
                "tarn.from-ms", Long.toString(from),
                "tarn.upto-ms", Long.toString(upto),
                "tarn.lsn", Integer.toString(lsn),
                "tarn.offsets", "t." + table + ",0:" + lsn);
        session.sql("SELECT %d AS id, %d AS amount".formatted(id, amount))
                .write()
                .format("hudi")
                .option("hoodie.table.name", table)
                .option("hoodie.datasource.write.table.type", type)
                .option("hoodie.datasource.write.recordkey.field", "id")
                .option("hoodie.datasource.write.precombine.field", "")
                .option("hoodie.datasource.write.commitmeta.key.prefix", "tarn.")
                .option("hoodie.write.table.version", "6")
                .option("hoodie.write.auto.upgrade", "false")
                .option("hoodie.metadata.enable", "false")
                .option("hoodie.embed.timeline.server", "false")
                .option("hoodie.upsert.shuffle.parallelism", "1")
                .options(TestSpark.fewTasks())
                .options(notes)
                .mode(SaveMode.Append)
                .save(folder.resolve(table).toString());
    }

    private static void create(String entry, String table, String type, String properties) {
        session.sql("""
            CREATE TABLE %s (id INT, amount INT) USING hudi
            TBLPROPERTIES (type = '%s', primaryKey = 'id'%s) LOCATION '%s'""".formatted(entry, type, properties, folder.resolve(table)));
    }
}
