package dev.tarn.processes.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
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
        assertThat(new DuckDb(folder.resolve("scratch"))
                        .run(
                                "SELECT 1, CAST(NULL AS INTEGER), epoch_us(make_timestamptz(-1))",
                                List.of(DataTypes.IntegerType, DataTypes.IntegerType, DataTypes.TimestampType),
                                cancel -> {})
                        .toString())
                .isEqualTo("[[1, null, 1969-12-31T23:59:59.999999Z]]");
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
