package dev.tarn.cli;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.ProcessNote;
import dev.tarn.cli.server.ServerClient;
import dev.tarn.cli.server.ServerNote;
import dev.tarn.cli.terminal.OutputFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Show the server and its services.")
final class StatusCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    StatusCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        LakeLocation lake = tarn.lake();
        Optional<ServerNote> server = ServerNote.find(lake);
        StatusView view = server.isPresent()
                ? StatusView.of(new ServerClient(server.orElseThrow()).loadLake())
                : StatusView.stopped(lake, ProcessNote.loadRunning(lake));
        view.print(tarn.terminal(), output);
        return 0;
    }
}
