package dev.tarn.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.server.TopicWork;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tail",
        description = "Show the last events of a topic: Avro by the schema that each of them names, JSON, or text.")
final class TopicTailCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "TOPIC", description = "Its name, as 'tarn topic list' shows it.")
    private String topic = "";

    @Option(names = "-n", paramLabel = "NUMBER", description = "So many at most. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Option(names = "--follow", description = "Go on with those that come, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}; with --follow, json is one object a line. Default:"
                    + " ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TopicTailCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        if (count < 0 || count > 100_000) {
            throw new TarnException(
                    ErrorKind.USER,
                    "USAGE",
                    "Cannot show topic '" + topic + "': -n is " + count + ". Give it a number from 0 to 100000.");
        }
        List<Map<String, Object>> events = new ArrayList<>();
        int exitCode = TopicWork.of(tarn.home(), tarn.lake())
                .run(
                        Map.of("do", "tail", "topic", topic, "count", count, "follow", follow),
                        follow ? this::printLine : events::add);
        if (exitCode == 0 && !follow) {
            tarn.terminal()
                    .data()
                    .print(
                            output == OutputFormat.JSON
                                    ? Table.json(events)
                                    : table(events)
                                            .render(output, tarn.terminal().dataColours()));
        }
        return exitCode;
    }

    private static Table table(List<Map<String, Object>> events) {
        Table table = new Table("partition", "offset", "timestamp", "key", "value");
        for (Map<String, Object> event : events) {
            table.add(
                    Cell.text(String.valueOf(event.get("partition"))),
                    Cell.text(String.valueOf(event.get("offset"))),
                    Cell.text(String.valueOf(event.get("timestamp"))),
                    Cell.text(text(event.get("key"))),
                    Cell.text(value(event)));
        }
        return table;
    }

    private void printLine(Map<String, Object> event) {
        tarn.terminal()
                .data()
                .println(
                        output == OutputFormat.JSON
                                ? text(event)
                                : event.get("partition") + "  " + event.get("offset") + "  " + event.get("timestamp")
                                        + "  " + text(event.get("key")) + "  " + value(event));
        tarn.terminal().flush();
    }

    private static @Nullable String value(Map<String, Object> event) {
        Object problem = event.get("problem");
        return problem == null ? text(event.get("value")) : "(" + problem + ") " + text(event.get("value"));
    }

    /** A text as it is, all else as JSON in one line. */
    private static @Nullable String text(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
