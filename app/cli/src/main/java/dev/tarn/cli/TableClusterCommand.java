package dev.tarn.cli;

import dev.tarn.cli.upkeep.UpkeepAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "cluster", description = "Write the small files of a table together, sorted if you like.")
final class TableClusterCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Mixin
    private UpkeepAction action = new UpkeepAction();

    @Option(names = "--sort", split = ",", paramLabel = "COLUMN", description = "Sort the rows by these.")
    private List<String> sort = List.of();

    TableClusterCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        Map<String, Object> how = new HashMap<>();
        how.put("sort", sort);
        return action.run(tarn.lake(), tarn.terminal(), "cluster", how);
    }
}
