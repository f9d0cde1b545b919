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

@Command(name = "clean", description = "Remove files of a table that only readers of the past need.")
final class TableCleanCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Mixin
    private UpkeepAction action = new UpkeepAction();

    @Option(names = "--keep-commits", paramLabel = "N", description = "Keep as many commits readable.")
    private @Nullable Integer keepCommits;

    @Option(names = "--keep", paramLabel = "SPAN", description = "Keep this much of the past readable: 36h, 7d.")
    private @Nullable String keep;

    TableCleanCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        Map<String, Object> how = new HashMap<>();
        if (keepCommits != null && keep != null) {
            throw usage("--keep-commits and --keep say two things; give one of them");
        }
        if (keepCommits != null) {
            how.put("keepCommits", keepCommits);
        } else if (keep != null) {
            how.put("keepHours", hours(keep));
        }
        return action.run(tarn.lake(), tarn.terminal(), "clean", how);
    }

    /** Hudi cleans by whole hours. */
    private static long hours(String span) {
        if (!span.matches("[1-9]\\d{0,5}[hd]")) {
            throw usage("--keep is '" + span + "'; give it hours or days, such as 36h or 7d");
        }
        long number = Long.parseLong(span.substring(0, span.length() - 1));
        return span.endsWith("d") ? number * 24 : number;
    }

    private static TarnException usage(String reason) {
        return new TarnException(ErrorKind.USER, "USAGE", "Cannot clean: " + reason + ".");
    }
}
