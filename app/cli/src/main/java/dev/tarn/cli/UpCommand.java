package dev.tarn.cli;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeStatus;
import dev.tarn.cli.terminal.OutputFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "up", description = "Start the lake: its server and all embedded services.")
final class UpCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Option(names = "--profile", paramLabel = "NAME", description = "A profile of lake.yaml.")
    private @Nullable String profile;

    @Option(names = "--new-ports", description = "Take new ports where other programs use the earlier ones.")
    private boolean newPorts;

    UpCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        LakeLocation lake = tarn.lake();
        LakeStart start = new LakeStart(tarn.terminal(), tarn.home(), LakeStart.PATIENCE);
        LakeStatus status = start.run(lake, profile, newPorts ? List.of("--new-ports") : List.of());
        StatusView.of(status).print(tarn.terminal(), OutputFormat.TABLE);
        return SourceCheck.of(tarn.terminal()).run(lake);
    }
}
