package dev.tarn.cli;

import dev.tarn.cli.server.LakeStreams;
import dev.tarn.cli.server.StreamState;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show one stream: state, rates, watermark, what it remembers, and the lag of each partition.")
final class StreamShowCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "NAME", description = "The name of its file in streams/, without .yaml.")
    private String name = "";

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    StreamShowCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        StreamState stream =
                LakeStreams.of(tarn.lake()).load(name, Long.MAX_VALUE).state();
        if (output == OutputFormat.JSON) {
            tarn.terminal().data().print(Table.json(stream.answer()));
            return 0;
        }
        if (output == OutputFormat.TABLE) {
            tarn.terminal().data().println(StreamView.facts(stream));
        }
        Table table = new Table("topic", "partition", "waiting");
        stream.lag()
                .forEach((topic, partitions) -> partitions.forEach((partition, waiting) ->
                        table.add(Cell.text(topic), Cell.text(partition), Cell.number(waiting))));
        if (output != OutputFormat.TABLE || !stream.lag().isEmpty()) {
            tarn.terminal().data().print(table.render(output, tarn.terminal().dataColours()));
        }
        return 0;
    }
}
