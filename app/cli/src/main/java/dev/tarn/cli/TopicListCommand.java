package dev.tarn.cli;

import dev.tarn.cli.server.TopicWork;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the topics: partitions, records and bytes.")
final class TopicListCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Option(names = "--all", description = "Also those in which services of the lake keep their own state.")
    private boolean all;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TopicListCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        Table table = new Table("topic", "partitions", "records", "size/bytes");
        int exitCode = TopicWork.of(tarn.home(), tarn.lake()).run(Map.of("do", "list"), topic -> {
            String name = String.valueOf(topic.get("topic"));
            if (all || !name.startsWith("_")) {
                table.add(
                        Cell.text(name),
                        Cell.number(number(topic, "partitions")),
                        Cell.number(number(topic, "records")),
                        Cell.size(number(topic, "bytes")));
            }
        });
        if (exitCode == 0) {
            tarn.terminal().data().print(table.render(output, tarn.terminal().dataColours()));
        }
        return exitCode;
    }

    private static @Nullable Long number(Map<String, Object> topic, String field) {
        return topic.get(field) instanceof Number number ? number.longValue() : null;
    }
}
