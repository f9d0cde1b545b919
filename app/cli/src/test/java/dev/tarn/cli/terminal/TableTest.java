package dev.tarn.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TableTest {
    private final Table table = new Table("name", "memory/memoryBytes", "uptime/uptimeMillis", "address");

    @Test
    void peopleSeeColumnsAndUnits() {
        table.add(Cell.text("server"), Cell.memory(64L << 20), Cell.duration(192_000L), Cell.text("a\nbb"));
        table.add(Cell.text("@|red x|@"), Cell.memory(null), Cell.duration(null), Cell.text(null));

        assertThat(table.render(OutputFormat.TABLE, Ansi.OFF).lines().map(String::stripTrailing))
                .containsExactly(
                        "name       memory  uptime  address",
                        "server     64 MiB  3m12s   a",
                        "                           bb",
                        "@|red x|@  -       -       -");
    }

    @Test
    void coloursAppearOnlyWhereTheyAreWanted() {
        table.add(Cell.coloured("up", "green"), Cell.number(1L), Cell.number(2L), Cell.text(""));

        assertThat(table.render(OutputFormat.TABLE, Ansi.ON)).contains("\u001b[32mup\u001b[");
        assertThat(table.render(OutputFormat.TABLE, Ansi.OFF)).doesNotContain("\u001b");
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        table.add(Cell.text("a,b"), Cell.memory(1024L), Cell.duration(5L), Cell.text("say \"hi\"\nplease"));
        table.add(Cell.text("plain"), Cell.memory(null), Cell.duration(null), Cell.text(null));

        assertThat(table.render(OutputFormat.CSV, Ansi.ON)).isEqualTo("""
            name,memoryBytes,uptimeMillis,address
            "a,b",1024,5,"say ""hi""
            please"
            plain,,,
            """);
    }

    @Test
    void jsonHasNumbersAndNulls() {
        table.add(Cell.text("server"), Cell.memory(1024L), Cell.duration(null), Cell.text("x"));

        assertThat(table.render(OutputFormat.JSON, Ansi.ON).replaceAll("\\s", ""))
                .isEqualTo("[{\"name\":\"server\",\"memoryBytes\":1024,\"uptimeMillis\":null,\"address\":\"x\"}]");
    }
}
