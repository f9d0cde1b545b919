package dev.tarn.cli;

import dev.tarn.cli.upkeep.UpkeepAction;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "savepoint",
        description = "Keep the files of one commit of a table from being cleaned away, or let them go.")
final class TableSavepointCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Mixin
    private UpkeepAction action = new UpkeepAction();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "INSTANT",
            description = "The commit, as 'tarn table timeline' names it. Default: the newest.")
    private @Nullable String instant;

    @Option(names = "--note", paramLabel = "TEXT", description = "What it is kept for.")
    private String note = "";

    @Option(names = "--delete", description = "Let the files of the savepoint go with the next clean.")
    private boolean delete;

    TableSavepointCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        Map<String, Object> how = new HashMap<>();
        if (delete && instant == null) {
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot delete a savepoint: there is no instant. 'tarn table savepoints' lists them; name one.");
        }
        how.put("note", note);
        how.put("user", System.getProperty("user.name"));
        if (instant != null) {
            how.put("instant", instant);
        }
        return action.run(tarn.lake(), tarn.terminal(), delete ? "delete-savepoint" : "savepoint", how);
    }
}
