package dev.tarn.cli;

import dev.tarn.cli.lake.LakeHolder;
import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeStatus;
import dev.tarn.cli.server.ProcessNote;
import dev.tarn.cli.server.ServerClient;
import dev.tarn.cli.server.ServerNote;
import dev.tarn.cli.server.ServerProcess;
import dev.tarn.cli.terminal.Progress;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

@Command(name = "down", description = "Stop the lake: all embedded services and the server.")
final class DownCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TarnCommand tarn;

    DownCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        LakeLocation lake = tarn.lake();
        Optional<ServerNote> server = server(lake);
        server.ifPresent(note -> stop(lake, note));
        List<ProcessNote> orphans = ProcessNote.loadRunning(lake);
        if (!orphans.isEmpty()) {
            Waiting.during(tarn.terminal(), "stopping what a killed server left", () -> {
                ServerProcess.stopOrphans(tarn.home(), lake);
                return orphans;
            });
            tarn.terminal()
                    .say("Stopped what a killed server of lake '" + lake.name() + "' left behind: " + describe(orphans)
                            + ".");
        }
        if (server.isEmpty() && orphans.isEmpty()) {
            tarn.terminal().say("Lake '" + lake.name() + "' is not running; nothing to stop.");
        }
        return 0;
    }

    /** The server that runs; one that only starts is waited for, since it cannot be asked before it listens. */
    private Optional<ServerNote> server(LakeLocation lake) {
        Optional<ServerNote> server = ServerNote.find(lake);
        if (server.isPresent() || LakeHolder.find(lake).isEmpty()) {
            return server;
        }
        Supplier<Optional<Optional<ServerNote>>> settled = () -> {
            Optional<ServerNote> note = ServerNote.find(lake);
            return note.isPresent() || LakeHolder.find(lake).isEmpty() ? Optional.of(note) : Optional.empty();
        };
        return Waiting.during(
                        tarn.terminal(),
                        "waiting until the server listens or ends",
                        () -> Wait.atMost(PATIENCE).until(settled))
                .orElseThrow(() -> new TarnException(
                        ErrorKind.RESOURCES,
                        "STOP_TIMEOUT",
                        "Cannot stop lake '" + lake.name() + "': "
                                + LakeHolder.find(lake).orElse("its server") + ", and does not listen after "
                                + PATIENCE.toSeconds()
                                + " s. 'tarn logs server' may say why; kill that process and then 'tarn down' end"
                                + " it."));
    }

    private void stop(LakeLocation lake, ServerNote note) {
        ServerClient server = new ServerClient(note);
        server.stop();
        try (Progress progress = Progress.open(tarn.terminal(), "stopping")) {
            boolean gone = Wait.atMost(PATIENCE)
                    .until(() -> {
                        Optional<LakeStatus> status = server.findLake();
                        progress.show(LakeSteps.stopping(status));
                        return note.isAlive() ? Optional.empty() : Optional.of(note);
                    })
                    .isPresent();
            if (!gone) {
                throw new TarnException(
                        ErrorKind.RESOURCES,
                        "STOP_TIMEOUT",
                        "Cannot stop lake '" + lake.name() + "' within " + PATIENCE.toSeconds() + " s: process "
                                + note.pid() + " still runs. Look at 'tarn status' and 'tarn logs server'; 'kill "
                                + note.pid() + "' and then 'tarn down' end it.");
            }
        }
        tarn.terminal().say("Lake '" + lake.name() + "' is stopped.");
    }

    private static String describe(List<ProcessNote> orphans) {
        return String.join(
                ", ",
                orphans.stream()
                        .map(each -> each.name() + " (process " + each.pid() + ")")
                        .toList());
    }
}
