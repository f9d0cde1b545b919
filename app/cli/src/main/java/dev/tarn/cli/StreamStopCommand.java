package dev.tarn.cli;

import dev.tarn.cli.server.LakeStreams;
import dev.tarn.cli.terminal.Waiting;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "Stop a stream. It goes on where it stopped when it is started again.")
final class StreamStopCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "NAME", description = "The name of its file in streams/, without .yaml.")
    private String name = "";

    StreamStopCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        LakeStreams streams = LakeStreams.of(tarn.lake());
        boolean stopped = Waiting.during(tarn.terminal(), "stopping stream '" + name + "'", () -> streams.stop(name));
        tarn.terminal().say("Stream '" + name + "' " + (stopped ? "has stopped." : "does not run."));
        return 0;
    }
}
