package dev.tarn.cli;

import dev.tarn.cli.server.ServerClient;
import dev.tarn.cli.server.SourceStatus;
import dev.tarn.cli.terminal.Progress;
import dev.tarn.cli.terminal.Steps;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        description = {
            "Load tables of a source anew: all rows that the database has, in place of those that the lake has.",
            "Changes go on meanwhile and count. A source that starts loads its tables by itself."
        })
final class SourceLoadCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The name of a file in sources/, without .yaml.")
    private String source = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "TABLE", description = "SCHEMA.TABLE; all if none.")
    private List<String> tables = List.of();

    @Option(names = "--no-wait", description = "Ask for it, and do not wait until it is done.")
    private boolean noWait;

    SourceLoadCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        ServerClient server = ServerClient.of(tarn.lake());
        List<String> asked = server.loadTables(source, tables);
        Terminal terminal = tarn.terminal();
        if (noWait) {
            terminal.say(
                    "Loads " + String.join(", ", asked) + ". 'tarn source show " + source + "' tells how far it is.");
            return 0;
        }
        try (Progress progress = Progress.open(terminal, "loading source '" + source + "'")) {
            SourceStatus status = status(server);
            while (status.state().equals("snapshotting") || !status.loads().isEmpty()) {
                progress.show(steps(asked, status));
                if (!Wait.pause()) {
                    return ErrorKind.RESOURCES.exitCode();
                }
                status = status(server);
            }
            if (!status.state().equals("streaming")) {
                throw new TarnException(
                        ErrorKind.EXTERNAL,
                        "SOURCE_LOAD",
                        "Cannot tell how the load of source '" + source + "' ends: it is " + status.state()
                                + (status.message() == null ? "" : " (" + status.message() + ")")
                                + ". It goes on when the source runs again; see: tarn source show " + source);
            }
        }
        terminal.say("Loaded " + String.join(", ", asked) + ".");
        return 0;
    }

    private SourceStatus status(ServerClient server) {
        return server.loadSources().stream()
                .filter(each -> each.name().equals(source))
                .findFirst()
                .orElseThrow(() -> new TarnException(
                        ErrorKind.EXTERNAL,
                        "SOURCE_UNKNOWN",
                        "Cannot follow the load: the lake has no source '" + source + "' any more. Look at sources/."));
    }

    private static Steps steps(List<String> asked, SourceStatus status) {
        List<String> pending = status.loads().isEmpty()
                ? List.of(String.valueOf(status.message()))
                : status.loads().stream().map(SourceStatus.Load::text).toList();
        Map<String, String> states = new LinkedHashMap<>();
        asked.forEach(table -> states.put(table, "loaded"));
        return new Steps(states, pending);
    }
}
