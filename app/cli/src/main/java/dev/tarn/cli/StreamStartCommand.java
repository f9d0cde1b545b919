package dev.tarn.cli;

import dev.tarn.cli.server.LakeStreams;
import dev.tarn.cli.terminal.Waiting;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        description = "Start a stream where it stopped. It runs until it is stopped, also after the lake was down.")
final class StreamStartCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "NAME", description = "The name of its file in streams/, without .yaml.")
    private String name = "";

    @Option(names = "--reset", description = "Forget where it stopped and what it remembers: begin anew.")
    private boolean reset;

    StreamStartCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        LakeStreams streams = LakeStreams.of(tarn.lake());
        Waiting.during(tarn.terminal(), "starting stream '" + name + "'", () -> streams.start(name, reset));
        tarn.terminal().say("Stream '" + name + "' runs. 'tarn stream show " + name + "' shows how it fares.");
        return 0;
    }
}
