package dev.tarn.cli;

import dev.tarn.cli.upkeep.UpkeepAction;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "rollback", description = "Take a table back to an older commit.")
final class TableRollbackCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Mixin
    private UpkeepAction action = new UpkeepAction();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "INSTANT",
            description = "The commit after which nothing is left, as 'tarn table timeline' names it.")
    private String to = "";

    @Option(
            names = "--and-read-again",
            description = "For a table that mirrors a source: read what came after that commit once more from Kafka, so"
                    + " that the rows come again.")
    private boolean readAgain;

    TableRollbackCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        Map<String, Object> how = new HashMap<>();
        how.put("instant", to);
        how.put("readAgain", readAgain);
        return action.run(tarn.lake(), tarn.terminal(), "rollback", how);
    }
}
