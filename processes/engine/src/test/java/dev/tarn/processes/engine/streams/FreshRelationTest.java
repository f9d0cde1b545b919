package dev.tarn.processes.engine.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.processes.engine.TestSpark;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FreshRelationTest {
    private static SparkSession session;

    private final AtomicReference<String> rows =
            new AtomicReference<>("SELECT * FROM VALUES (1, 'a'), (2, 'b') AS t(id, name)");

    @BeforeAll
    static void startSpark() {
        session = TestSpark.shared().newSession();
    }

    private FreshRelation relation() {
        return new FreshRelation(() -> session.sql(rows.get()));
    }

    @Test
    void rowsAreThoseOfNowHoweverOftenTheyAreAskedFor() {
        session.baseRelationToDataFrame(relation()).createOrReplaceTempView("fresh");
        String sql = "SELECT name, id + 1 FROM fresh ORDER BY id";

        assertThat(session.sql(sql).collectAsList()).hasToString("[[a,2], [b,3]]");
        rows.set("SELECT * FROM VALUES ('new', 7) AS t(name, id)");

        assertThat(session.sql(sql).collectAsList()).hasToString("[[new,8]]");
        assertThat(session.sql("SELECT count(*) FROM fresh").collectAsList()).hasToString("[[1]]");
    }

    @Test
    void columnOfAnotherTypeIsRefusedWhereItIsRead() {
        session.baseRelationToDataFrame(relation()).createOrReplaceTempView("retyped");
        rows.set("SELECT * FROM VALUES (1L, 'a') AS t(id, name)");

        assertThatThrownBy(() -> session.sql("SELECT id FROM retyped").collectAsList())
                .hasStackTraceContaining("column 'id' has become BIGINT NOT NULL, and was INT NOT NULL");
        assertThat(session.sql("SELECT name FROM retyped").collectAsList()).hasToString("[[a]]");
    }

    @Test
    void columnThatMayBeAbsentNowIsRefusedWhereItWasNot() {
        session.baseRelationToDataFrame(relation()).createOrReplaceTempView("emptied");
        rows.set("SELECT * FROM VALUES (1, 'a'), (null, 'b') AS t(id, name)");

        assertThatThrownBy(() -> session.sql("SELECT id FROM emptied").collectAsList())
                .hasStackTraceContaining("column 'id' has become INT, and was INT NOT NULL");
    }
}
