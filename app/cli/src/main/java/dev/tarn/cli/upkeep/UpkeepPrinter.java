package dev.tarn.cli.upkeep;

import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what was done to a table. */
public final class UpkeepPrinter {
    private UpkeepPrinter() {}

    /** @param dryRun whether it was only asked what would be done */
    public static void print(
            Terminal terminal,
            OutputFormat output,
            TableNames table,
            String action,
            boolean dryRun,
            Map<String, Object> report) {
        if (output == OutputFormat.TABLE) {
            terminal.data().print(UpkeepWords.of(table.fullName(), action, dryRun, report));
            return;
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("table", table.fullName());
        answer.put("action", action);
        answer.put("dryRun", dryRun);
        answer.putAll(report);
        if (output == OutputFormat.JSON) {
            terminal.data().print(Table.json(answer));
            return;
        }
        Table row = Table.of(answer.keySet().stream().toList());
        row.add(answer.values().stream()
                .map(value -> value == null ? Cell.text(null) : new Cell(value.toString(), value, ""))
                .toArray(Cell[]::new));
        terminal.data().print(row.render(output, terminal.dataColours()));
    }
}
