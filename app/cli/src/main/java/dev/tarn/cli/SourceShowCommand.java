package dev.tarn.cli;

import dev.tarn.cli.lake.Nearest;
import dev.tarn.cli.server.ServerClient;
import dev.tarn.cli.server.SourceStatus;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show one source: its tables, its connectors, its slot, its last error.")
final class SourceShowCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "SOURCE", description = "The name of a file in sources/, without .yaml.")
    private String name = "";

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    SourceShowCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        List<SourceStatus> sources = ServerClient.of(tarn.lake()).loadSources();
        SourceStatus source = sources.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(sources));
        if (output == OutputFormat.JSON) {
            tarn.terminal().data().print(Table.json(source.answer()));
            return 0;
        }
        if (output == OutputFormat.TABLE) {
            tarn.terminal().data().println(SourceView.facts(source));
        }
        tarn.terminal()
                .data()
                .print(tables(source).render(output, tarn.terminal().dataColours()));
        if (output == OutputFormat.TABLE) {
            SourceView.words(source).forEach(tarn.terminal()::say);
        }
        return 0;
    }

    private static Table tables(SourceStatus source) {
        Table table = new Table("table", "topic", "target", "type", "state", "connector", "message");
        for (SourceStatus.Captured captured : source.tables()) {
            captured.sinks().forEach(sink -> add(table, captured.table(), captured.topic(), sink));
        }
        source.raw().ifPresent(raw -> add(table, "*", "*", raw));
        return table;
    }

    private static void add(Table table, String name, String topic, SourceStatus.Sink sink) {
        table.add(
                Cell.text(name),
                Cell.text(topic),
                Cell.text(sink.target()),
                Cell.text(SourceView.type(sink.type())),
                SourceView.state(sink.state()),
                Cell.text(sink.connector()),
                Cell.text(sink.message()));
    }

    private TarnException unknown(List<SourceStatus> sources) {
        List<String> known = sources.stream().map(SourceStatus::name).toList();
        return new TarnException(
                ErrorKind.USER,
                "SOURCE_UNKNOWN",
                "Cannot find source '" + name + "'. "
                        + Nearest.find(name, known)
                                .map(nearest -> "Did you mean '" + nearest + "'?")
                                .orElse("'tarn source list' shows those that there are."));
    }
}
