package dev.tarn.cli;

import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.LakeUpkeep;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.Durations;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.cli.upkeep.UpkeepPrinter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compact",
        description = "Have the writer of a merge-on-read table merge its logs into its base files, and wait for that.")
final class TableCompactCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "TABLE", description = "DATABASE.TABLE, or TABLE alone where that is enough.")
    private String name = "";

    @Option(names = "--dry-run", description = "Change nothing; say what would be merged.")
    private boolean dryRun;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long to wait. Default: ${DEFAULT-VALUE}.")
    private int timeout = 120;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableCompactCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        LakeTables tables = LakeTables.of(tarn.lake());
        TableNames table = tables.choose(name);
        if (dryRun) {
            Map<String, Object> report = LakeUpkeep.of(tarn.lake())
                    .act(table, "compact", Map.of("dryRun", true), Duration.ofSeconds(timeout));
            UpkeepPrinter.print(tarn.terminal(), output, table, "compact", true, report);
            return 0;
        }
        long start = System.nanoTime();
        Optional<String> instant = Waiting.during(
                tarn.terminal(),
                "compacting table '" + table.fullName() + "'",
                () -> tables.compact(table, Duration.ofSeconds(timeout)));
        print(table, instant, (System.nanoTime() - start) / 1_000_000);
        return 0;
    }

    private void print(TableNames name, Optional<String> instant, long millis) {
        Terminal terminal = tarn.terminal();
        if (output == OutputFormat.TABLE) {
            terminal.say(instant.map(done -> "Compacted table '" + name.fullName() + "' in "
                            + Durations.formatMillis(millis) + ", as instant " + done + ".")
                    .orElse("Table '" + name.fullName() + "' has nothing to compact."));
            return;
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("table", name.fullName());
        answer.put("compacted", instant.isPresent());
        answer.put("instant", instant.orElse(null));
        answer.put("millis", millis);
        if (output == OutputFormat.JSON) {
            terminal.data().print(Table.json(answer));
            return;
        }
        Table table = Table.of(answer.keySet().stream().toList());
        table.add(answer.values().stream()
                .map(value -> value == null ? Cell.text(null) : new Cell(value.toString(), value, ""))
                .toArray(Cell[]::new));
        terminal.data().print(table.render(output, terminal.dataColours()));
    }
}
