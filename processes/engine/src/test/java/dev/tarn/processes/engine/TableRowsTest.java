package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.processes.engine.asof.LakeAsOf;
import dev.tarn.processes.engine.asof.SourceReaches;
import dev.tarn.processes.engine.verify.FastRows;
import dev.tarn.processes.engine.verify.TableRows;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a table is compared by is the same, whichever engine reads its rows. */
class TableRowsTest {
    private static final int BITS = 12;
    private static final List<String> COLUMNS =
            List.of("id", "part", "big", "flag", "name", "exact", "price", "huge", "f", "d", "day", "at");
    private static final List<String> FORMS = List.of(
            "integer",
            "text",
            "integer",
            "boolean",
            "text",
            "decimal",
            "decimal",
            "decimal",
            "float",
            "double",
            "date",
            "timestamp");

    private static TestEngine engine;
    private static TwoEngines engines;
    private static LakeTables tables;

    private final List<Boolean> fastAnswers = new ArrayList<>();

    @BeforeAll
    static void startEngine() throws Exception {
        engine = TestEngine.start();
        tables = new LakeTables(engine.session);
        engines = new TwoEngines(
                engine.session,
                new LakeAsOf(
                        new SourceReaches(null), engine.session.sparkContext().hadoopConfiguration()),
                tables,
                new PlannedQueries(engine.catalogState));
        engine.run("CREATE DATABASE shop");
        engine.run(
                "CREATE TABLE shop.facts (id INT, big BIGINT, flag BOOLEAN, name STRING, exact STRING, price DECIMAL(10,2),"
                        + " huge DECIMAL(38,9), f FLOAT, d DOUBLE, day DATE, at TIMESTAMP, bytes BINARY, tags ARRAY<STRING>,"
                        + " __deleted STRING, version BIGINT, part STRING) USING hudi PARTITIONED BY (part)"
                        + " TBLPROPERTIES (type = 'mor', primaryKey = 'id', preCombineField = 'version')");
        engine.run("INSERT INTO shop.facts VALUES"
                + " (1, 100L, true, 'anna', '1.50', 1.50, 1.000000001, 1.5F, 1.5D, DATE'2024-02-29',"
                + " TIMESTAMP'2024-02-29 12:00:00.123456', X'00FF', array('a', null), null, 1L, 'de'),"
                + " (2, -100L, false, 'Älva 漢字 😀', '-0.100', -1.50, -1.000000001, -1.5F, -1.5D, DATE'1969-12-31',"
                + " TIMESTAMP'1969-12-31 23:59:59.999999', X'', array(), 'false', 1L, 'de'),"
                + " (3, null, null, null, null, null, null, null, null, null, null, null, null, 'false', 1L, 'fr'),"
                + " (4, 9223372036854775807L, true, '', '0', 99999999.99, 12345678901234567890123456789.123456789,"
                + " CAST('NaN' AS FLOAT), CAST('Infinity' AS DOUBLE), DATE'9999-12-31',"
                + " TIMESTAMP'9999-12-31 23:59:59.999999', X'01', array('z'), null, 1L, 'fr'),"
                + " (5, 0L, false, 'Anna', '7', 0.00, 0, CAST('-0.0' AS FLOAT), CAST('-0.0' AS DOUBLE),"
                + " DATE'0001-01-01', TIMESTAMP'1582-10-04 00:00:00', null, null, 'false', 1L, 'fr'),"
                + " (6, 1L, true, 'gone', '1', 1.00, 1, 1.0F, 1.0D, DATE'2026-01-01', TIMESTAMP'2026-01-01 00:00:00',"
                + " null, null, 'false', 1L, 'de'),"
                // What Debezium makes of PostgreSQL's infinity.
                + " (7, null, null, null, null, null, null, null, null, null, timestamp_micros(9223372036825200000), null,"
                + " null, null, 1L, 'xx'),"
                + " (8, null, null, null, null, null, null, null, null, null, timestamp_micros(-9223372036832400000), null,"
                + " null, null, 1L, 'xx')");
        // Into logs.
        engine.run("UPDATE shop.facts SET price = 2.50, version = 2 WHERE id = 1");
        engine.run("UPDATE shop.facts SET __deleted = 'true', version = 2 WHERE id = 6");
        engine.run("DELETE FROM shop.facts WHERE id = 2");
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    @Test
    void sumsAndHashesOfBothEnginesAreTheSame() {
        TableRows fast = rows(this::fast, COLUMNS, FORMS);
        TableRows spark = rows((session, query, rows) -> false, COLUMNS, FORMS);
        assertThat(fast.sums(BITS).toBytes()).isEqualTo(spark.sums(BITS).toBytes());
        BitSet some = new BitSet();
        some.set(0, 1 << (BITS - 1));
        BitSet all = new BitSet();
        all.set(0, 1 << BITS);
        for (BitSet ranges : List.of(some, all)) {
            assertThat(hashes(fast, ranges)).isEqualTo(hashes(spark, ranges));
        }
        assertThat(hashes(fast, all)).as("rows, without the deleted ones").hasSize(6);
        assertThat(fastAnswers).as("all by the fast engine").containsOnly(true);
    }

    @Test
    void columnThatTheFastEngineDoesNotReadIsReadBySpark() {
        List<String> columns = List.of("id", "bytes", "tags");
        List<String> forms = List.of("integer", "bytes", "list:text");
        TableRows rows = rows(this::fast, columns, forms);
        TableRows spark = rows((session, query, each) -> false, columns, forms);
        assertThat(rows.sums(BITS).toBytes()).isEqualTo(spark.sums(BITS).toBytes());
        assertThat(fastAnswers).containsOnly(false);
    }

    @Test
    void rowsThatWereReadBeforeAFailureAreNotCountedTwice() {
        FastRows failing = (session, query, rows) -> {
            assertThat(engines.eachFast(session, query, rows)).isTrue();
            return false;
        };
        assertThat(rows(failing, COLUMNS, FORMS).sums(BITS).toBytes())
                .isEqualTo(rows(this::fast, COLUMNS, FORMS).sums(BITS).toBytes());
    }

    private boolean fast(SparkSession session, Dataset<Row> query, Consumer<InternalRow> rows) {
        boolean answered = engines.eachFast(session, query, rows);
        fastAnswers.add(answered);
        return answered;
    }

    private static TableRows rows(FastRows fast, List<String> columns, List<String> forms) {
        CatalogTable table = tables.load("shop", "facts");
        return new TableRows(
                engine.session, fast, table.database(), table.table(), table.path(), table.schema(), columns, forms, 1);
    }

    /** Of each row, in an order of their own. */
    private static List<String> hashes(TableRows rows, BitSet ranges) {
        byte[] bytes = rows.hashes(BITS, ranges).toBytes();
        int size = 32;
        List<String> hashes = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += size) {
            hashes.add(HexFormat.of().formatHex(bytes, at, at + size));
        }
        hashes.sort(Comparator.naturalOrder());
        return hashes;
    }
}
