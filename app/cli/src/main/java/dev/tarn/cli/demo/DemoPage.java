package dev.tarn.cli.demo;

import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the demo prints: numbered steps with words and tables. */
final class DemoPage {
    private final Terminal terminal;
    private int step;

    DemoPage(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Begins the next step. */
    void title(String words) {
        step++;
        terminal.say("\n" + step + ". " + words);
    }

    void say(String words) {
        terminal.say(words);
    }

    void print(Table table) {
        print(table.render(OutputFormat.TABLE, terminal.dataColours()));
    }

    void print(String lines) {
        terminal.data().print(lines);
        terminal.data().flush();
    }

    static void add(Table table, String... values) {
        Cell[] cells = new Cell[values.length];
        for (int i = 0; i < values.length; i++) {
            cells[i] = Cell.text(values[i]);
        }
        table.add(cells);
    }

    static String text(Map<String, @Nullable Object> row, String column) {
        Object value = row.get(column);
        return value == null ? "" : value.toString();
    }

    static long number(@Nullable Object value) {
        return Long.parseLong(String.valueOf(value));
    }

    static void require(String step, boolean shown, String otherwise) {
        if (!shown) {
            throw DemoFailure.of(step, otherwise);
        }
    }
}
