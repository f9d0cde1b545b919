package dev.tarn.collect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnTypesTest {
    @Test
    void typesThatDebeziumLeavesOutAreNamed() {
        for (String type : new String[] {"box", "line", "polygon", "pg_lsn", "xid8", "int4multirange", "tsquery"}) {
            assertThat(ColumnTypes.obstacle(type, "b", false, -1)).as(type).isNotNull();
        }
        assertThat(ColumnTypes.obstacle("address", "c", false, -1)).isNotNull();
        assertThat(ColumnTypes.obstacle("name", "b", false, -1)).contains("leaves out of changes");
        assertThat(ColumnTypes.obstacle("interval", "b", true, -1)).isNotNull();
        assertThat(ColumnTypes.obstacle("interval", "b", false, -1)).isNull();
        assertThat(ColumnTypes.obstacle("mood", "e", true, -1)).isNull();
    }

    @Test
    void decimalsOfTheLakeHaveLimits() {
        assertThat(ColumnTypes.obstacle("numeric", "b", false, decimal(38, 10))).isNull();
        assertThat(ColumnTypes.obstacle("numeric", "b", false, -1)).isNull();
        assertThat(ColumnTypes.obstacle("numeric", "b", false, decimal(39, 10))).contains("38 digits");
        assertThat(ColumnTypes.obstacle("numeric", "b", false, decimal(5, -2))).contains("negative scale");
        assertThat(ColumnTypes.obstacle("numeric", "b", false, decimal(2, 5))).contains("beyond its digits");
    }

    private static int decimal(int precision, int scale) {
        return (precision << 16 | scale & 0x7ff) + 4;
    }
}
