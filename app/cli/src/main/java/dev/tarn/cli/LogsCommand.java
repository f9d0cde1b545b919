package dev.tarn.cli;

import dev.tarn.cli.lake.LogFile;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Show what a service logged.")
final class LogsCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "SERVICE", description = "A service, such as server or engine.")
    private String service = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "LINES",
            description = "How many lines of the end. Default: ${DEFAULT-VALUE}.")
    private int lines = 100;

    LogsCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        if (lines < 0) {
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot show " + lines + " lines of the log of '" + service + "'. Give -n a number from 0 on.");
        }
        LogFile log = LogFile.load(tarn.lake(), service);
        PrintStream data = tarn.terminal().data();
        log.copyLast(lines, data);
        // A reader that is gone, such as head, shows as an error of the stream.
        while (follow && !data.checkError() && Wait.pause()) {
            log.copyNews(data);
        }
        return 0;
    }
}
