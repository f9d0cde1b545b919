package dev.tarn.cli.upkeep;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.LakeUpkeep;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands that do something to a table have in common. */
public final class UpkeepAction {
    @Parameters(index = "0", paramLabel = "TABLE", description = "DATABASE.TABLE, or TABLE alone where that is enough.")
    private String name = "";

    @Option(names = "--dry-run", description = "Change nothing; say what would be done.")
    private boolean dryRun;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long to wait. Default: ${DEFAULT-VALUE}.")
    private int timeout = 120;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    /** Has it done, and prints what was. */
    public int run(LakeLocation lake, Terminal terminal, String action, Map<String, Object> how) {
        TableNames table = LakeTables.of(lake).choose(name);
        LakeUpkeep upkeep = LakeUpkeep.of(lake);
        Map<String, Object> request = new LinkedHashMap<>(how);
        request.put("dryRun", dryRun);
        Map<String, Object> report = Waiting.during(
                terminal,
                action.replace('-', ' ') + " of table '" + table.fullName() + "'",
                () -> upkeep.act(table, action, request, Duration.ofSeconds(timeout)));
        UpkeepPrinter.print(terminal, output, table, action, dryRun, report);
        return 0;
    }
}
