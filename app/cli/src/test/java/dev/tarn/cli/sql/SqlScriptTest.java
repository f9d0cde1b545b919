package dev.tarn.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.cli.sql.SqlScript.Statement;
import org.junit.jupiter.api.Test;

class SqlScriptTest {
    @Test
    void statementsKnowTheirLines() {
        SqlScript script = SqlScript.parse("USE moma;\n\n  SELECT 1,\n 2 ; SELECT 3;;\nSELECT 4 -- last\n");

        assertThat(script.statements())
                .containsExactly(
                        new Statement("USE moma", 1), new Statement("SELECT 1,\n 2", 3), new Statement("SELECT 3", 4));
        assertThat(script.rest()).containsExactly(new Statement("SELECT 4 -- last", 5));
        assertThat(script.all()).hasSize(4);
    }

    @Test
    void semicolonInQuotesAndCommentsDoesNotCount() {
        for (String one : new String[] {
            "SELECT 'a;b'",
            "SELECT \"a;b\", 'it\\'s; so', 'ends in \\\\'",
            "SELECT `a;``b`",
            "SELECT 1 -- no; end\n + 1",
            "SELECT 1 /* no; /* nested; */ end; */ + 1",
            "SELECT r'\\' AS a, R\"\\\" AS b",
            "SELECT '--', 1 - -1, 2 / 3",
            "SELECT 'two\nlines;'"
        }) {
            assertThat(SqlScript.parse(one + ";SELECT 2").all())
                    .as(one)
                    .extracting(Statement::text)
                    .containsExactly(one, "SELECT 2");
        }
        // Not a raw string: the r belongs to a name.
        assertThat(SqlScript.parse("SELECT bar'\\';'; SELECT 2").all()).hasSize(2);
    }

    @Test
    void whatHasNoEndIsTheRest() {
        assertThat(SqlScript.parse("SELECT 'open; SELECT 2").rest()).hasSize(1);
        assertThat(SqlScript.parse("SELECT 1; /* open; ").rest()).containsExactly(new Statement("/* open;", 1));
        assertThat(SqlScript.parse("SELECT 1; -- done\n /* and; over */ ").rest())
                .isEmpty();
        assertThat(SqlScript.parse(" ;; -- nothing").all()).isEmpty();
    }
}
