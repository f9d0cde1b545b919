package dev.tarn.cli;

import dev.tarn.cli.server.LakeStreams;
import dev.tarn.cli.server.ServerFailure;
import dev.tarn.cli.server.StreamState;
import dev.tarn.cli.server.WatchedStream;
import dev.tarn.cli.sql.ResultPrinter;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Run a stream while you watch, until Ctrl-C; or its SQL once over whole topics, as a batch.")
final class StreamRunCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "NAME", description = "The name of its file in streams/, without .yaml.")
    private String name = "";

    @Option(
            names = "--batch",
            description = "Run the SQL over the topics as they are now, from their first event, and print what it"
                    + " gives. The stream itself is not touched.")
    private boolean batch;

    @Option(names = "--until-caught-up", description = "End when all that is there now has been read.")
    private boolean untilCaughtUp;

    @Option(
            names = "--max-rows",
            paramLabel = "ROWS",
            description = "With --batch, how many rows at most. Default: sql.max-rows in lake.yaml, or 1000.")
    private @Nullable Integer maxRows;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "With --batch, how long it may take. Default: sql.timeout in lake.yaml, or 60.")
    private @Nullable Integer timeout;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    StreamRunCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        if (batch && untilCaughtUp) {
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot run stream '" + name + "': --batch and --until-caught-up are one too many. Give one of"
                            + " them.");
        }
        LakeStreams streams = LakeStreams.of(tarn.lake());
        if (batch) {
            runBatch(streams);
        } else {
            watch(streams);
        }
        return 0;
    }

    private void runBatch(LakeStreams streams) {
        Terminal terminal = tarn.terminal();
        LakeStreams.BatchResult result = Waiting.during(
                terminal, "running stream '" + name + "' as a batch", () -> streams.batch(name, maxRows, timeout));
        new ResultPrinter(terminal).print(result.rows(), output);
        if (result.undecodable() > 0) {
            terminal.say(result.undecodable() + " events do not decode and are left out.");
        }
    }

    private void watch(LakeStreams streams) {
        Terminal terminal = tarn.terminal();
        Waiting.during(terminal, "starting stream '" + name + "'", () -> streams.watch(name, untilCaughtUp));
        Thread stop = new Thread(() -> stop(streams), "stop-stream");
        Runtime.getRuntime().addShutdownHook(stop);
        ResultPrinter printer = new ResultPrinter(terminal);
        long shown = -1;
        do {
            WatchedStream watched = streams.load(name, shown);
            for (WatchedStream.Batch each : watched.batches()) {
                terminal.say("Batch " + each.number());
                printer.print(each.rows(), output);
                terminal.flush();
                shown = each.number();
            }
            if (!watched.state().isRunning()) {
                Runtime.getRuntime().removeShutdownHook(stop);
                end(watched.state());
                return;
            }
        } while (Wait.pause());
    }

    private void end(StreamState state) {
        if (state.state().equals("failed")) {
            throw new TarnException(
                    ErrorKind.EXTERNAL,
                    "STREAM_FAILED",
                    "Cannot go on with stream '" + name + "': " + state.error() + " 'tarn logs engine' has more.");
        }
        Long late = state.late();
        Long quarantined = state.quarantined();
        tarn.terminal()
                .say("Stream '" + name + "' has " + state.state() + ": " + state.events() + " events read"
                        + (late == null || late == 0 ? "" : ", " + late + " late")
                        + (quarantined == null || quarantined == 0 ? "" : ", " + quarantined + " in quarantine")
                        + ".");
    }

    private void stop(LakeStreams streams) {
        try {
            streams.stop(name);
        } catch (TarnException | ServerFailure e) {
            // The engine stops it soon, since nobody watches any more.
            System.getLogger(StreamRunCommand.class.getName()).log(System.Logger.Level.DEBUG, "not stopped", e);
        }
    }
}
