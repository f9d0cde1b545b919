package dev.tarn.processes.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbTest {
    @TempDir
    private Path folder;

    @Test
    void filesInWhichAColumnHasSeveralTypesAreRefused() throws Exception {
        String narrow = parquet("narrow", "SELECT 1 AS id, CAST(0.1 AS FLOAT) AS f");
        String wide = parquet("wide", "SELECT 2 AS id, CAST(0.1 AS DOUBLE) AS f");
        String more = parquet("more", "SELECT 3 AS id, CAST(0.1 AS DOUBLE) AS f, 'x' AS added");
        DuckDb duckdb = new DuckDb(folder.resolve("scratch"));

        assertThatThrownBy(() -> duckdb.columns(List.of(narrow, wide)))
                .isInstanceOf(NotFastException.class)
                .hasMessage("column 'f' has another type in older files than in newer ones");
        assertThat(duckdb.columns(List.of(wide, more)))
                .containsEntry("id", "INT32")
                .containsEntry("f", "DOUBLE")
                .containsEntry("added", "BYTE_ARRAY");
        assertThat(duckdb.columns(List.of(wide))).containsKeys("id", "f").doesNotContainKey("added");
    }

    @Test
    void nothingThatIsSetMakesItReachBeyondThisMachine() {
        DuckDb duckdb = new DuckDb(folder.resolve("scratch"));

        assertThatThrownBy(() -> duckdb.run(
                        "SELECT * FROM read_parquet('https://127.0.0.1:1/x.parquet')",
                        List.of(DataTypes.IntegerType),
                        cancel -> {}))
                .hasMessageContaining("httpfs");
        assertThatThrownBy(() -> duckdb.run("SET autoload_known_extensions = true", List.of(), cancel -> {}))
                .hasMessageContaining("locked");
    }

    @Test
    void valuesAreReadAsSparkHasThem() throws Exception {
        List<DataType> types = List.of(
                DataTypes.IntegerType,
                DataTypes.IntegerType,
                DataTypes.TimestampType,
                DataTypes.DateType,
                DataTypes.createDecimalType(9, 2),
                DataTypes.StringType,
                DataTypes.StringType);
        List<Object> outside = new ArrayList<>();
        List<Object> inside = new ArrayList<>();

        new DuckDb(folder.resolve("scratch"))
                .each(
                        "SELECT 1, CAST(NULL AS INTEGER), epoch_us(make_timestamptz(-1)), -1, 1.50::DECIMAL(9, 2), 'é', NULL",
                        row -> {
                            for (int i = 0; i < types.size(); i++) {
                                outside.add(DuckTypes.read(row, i + 1, types.get(i)));
                                inside.add(DuckTypes.readInternal(row, i + 1, types.get(i)));
                            }
                        });

        assertThat(outside).hasToString("[1, null, 1969-12-31T23:59:59.999999Z, 1969-12-31, 1.50, é, null]");
        assertThat(inside)
                .containsExactly(
                        1,
                        null,
                        -1L,
                        -1,
                        Decimal.apply(new BigDecimal("1.50"), 9, 2),
                        UTF8String.fromString("é"),
                        null);
    }

    @Test
    void failureAfterRowsWereGivenOnIsTold() {
        DuckDb duckdb = new DuckDb(folder.resolve("scratch"));
        long[] read = new long[1];

        assertThatThrownBy(() -> duckdb.each(
                        "SELECT CASE WHEN i = 900000 THEN error('broken') ELSE i END FROM range(1000000) t(i)",
                        row -> read[0]++))
                .isInstanceOf(SQLException.class);

        assertThat(read[0]).as("rows come before all are found").isPositive();
    }

    private String parquet(String name, String sql) throws Exception {
        String file = folder.resolve(name + ".parquet").toString();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + sql + ") TO '" + file + "' (FORMAT parquet)");
        }
        return file;
    }
}
