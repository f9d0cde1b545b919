package dev.tarn.cli;

import dev.tarn.cli.server.LakeStreams;
import dev.tarn.cli.server.StreamState;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the streams: state, rates, and how many events wait.")
final class StreamListCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    StreamListCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        List<StreamState> streams = LakeStreams.of(tarn.lake()).list();
        if (output == OutputFormat.JSON) {
            tarn.terminal()
                    .data()
                    .print(Table.json(streams.stream().map(StreamState::answer).toList()));
            return 0;
        }
        Table table = new Table(
                "name",
                "state",
                "output",
                "input/inputRate",
                "processing/processingRate",
                "batch/batchMillis",
                "waiting",
                "quarantined");
        for (StreamState stream : streams) {
            table.add(
                    Cell.text(stream.name()),
                    StreamView.state(stream.state()),
                    Cell.text(stream.output()),
                    StreamView.rate(stream.inputRate()),
                    StreamView.rate(stream.processingRate()),
                    Cell.millis(stream.batchMillis()),
                    Cell.number(stream.waiting()),
                    Cell.number(stream.quarantined()));
        }
        tarn.terminal().data().print(table.render(output, tarn.terminal().dataColours()));
        if (output == OutputFormat.TABLE) {
            streams.stream()
                    .filter(stream -> stream.error() != null)
                    .forEach(stream -> tarn.terminal().say("Stream '" + stream.name() + "': " + stream.error()));
        }
        return 0;
    }
}
