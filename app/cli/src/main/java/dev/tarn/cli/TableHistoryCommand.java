package dev.tarn.cli;

import dev.tarn.cli.server.LakeHistory;
import dev.tarn.cli.server.LakeHistory.Source;
import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.RowHistory;
import dev.tarn.cli.server.RowVersion;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Waiting;
import dev.tarn.cli.view.HistoryView;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "history", description = "Show every version of one row: when it changed, by what, and how.")
final class TableHistoryCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(index = "0", paramLabel = "TABLE", description = "DATABASE.TABLE, or TABLE where that is enough.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "KEY",
            description = "The row's key; of several columns, the values in order: a,b.")
    private @Nullable String key;

    @Option(
            names = "--key",
            paramLabel = "COLUMN=VALUE",
            description = "A key column's value by its name; once for each.")
    private Map<String, String> named = new LinkedHashMap<>();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "VERSIONS",
            description = "How many versions, from the newest. Default: all.")
    private int limit = 1_000_000;

    @Option(names = "--oldest-first", description = "Begin with the oldest version.")
    private boolean oldestFirst;

    @Option(
            names = "--every",
            description = "Show every change that raw objects hold, also where several are one version of the table.")
    private boolean every;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableHistoryCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw usage("with " + limit + " versions", "Give -n a number from 1 on.");
        }
        if (key == null == named.isEmpty()) {
            throw usage(
                    key == null ? "without its key" : "by two keys",
                    "Give the key as its values in order (7 or 7,Oil), or each column with --key COLUMN=VALUE.");
        }
        Terminal terminal = tarn.terminal();
        TableNames table = LakeTables.of(tarn.lake()).choose(name);
        LakeHistory lake = LakeHistory.of(tarn.lake());
        RowHistory history = Waiting.during(
                terminal,
                "reading the table's files",
                () -> lake.row(table, key, named, limit, every ? Source.TABLE_AND_RAW_OBJECTS : Source.TABLE));
        if (output == OutputFormat.JSON) {
            terminal.data().print(Table.json(document(history)));
        } else {
            List<RowVersion> versions = new ArrayList<>(history.versions());
            @Nullable RowVersion oldest = history.count() == versions.size() ? versions.get(versions.size() - 1) : null;
            if (oldestFirst) {
                Collections.reverse(versions);
            }
            terminal.data()
                    .print(HistoryView.versions(versions, version -> version == oldest || isNew(version), output)
                            .render(output, terminal.dataColours()));
        }
        explain(terminal, history);
        return 0;
    }

    private static boolean isNew(RowVersion version) {
        return "create".equals(version.operation()) || "copy".equals(version.operation());
    }

    private Map<String, Object> document(RowHistory history) {
        Map<String, Object> document = new LinkedHashMap<>(history.answer());
        if (oldestFirst && document.get("versions") instanceof List<?> versions) {
            List<Object> reversed = new ArrayList<>(versions);
            Collections.reverse(reversed);
            document.put("versions", reversed);
        }
        return document;
    }

    private static void explain(Terminal terminal, RowHistory history) {
        if (history.count() > history.versions().size()) {
            terminal.say("Shown: the newest " + history.versions().size() + " of " + history.count() + " versions.");
        }
        if (!history.complete()) {
            terminal.say("History is kept from " + history.keptFrom() + " on; what was before may be missing.");
        }
        if (history.rawFiles() != null) {
            terminal.say("Read " + history.rawFiles() + " raw objects; changes of this row in them: "
                    + history.rawChanges() + ".");
        }
    }

    private TarnException usage(String reason, String advice) {
        return new TarnException(
                ErrorKind.USER,
                "USAGE",
                "Cannot show the history of a row of '" + name + "' " + reason + ". " + advice);
    }
}
