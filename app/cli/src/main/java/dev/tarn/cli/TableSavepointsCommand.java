package dev.tarn.cli;

import dev.tarn.cli.server.LakeTables;
import dev.tarn.cli.server.LakeUpkeep;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "savepoints", description = "Show the commits of a table that no clean removes, newest first.")
final class TableSavepointsCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "TABLE", description = "DATABASE.TABLE, or TABLE alone where that is enough.")
    private String name = "";

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    TableSavepointsCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        Terminal terminal = tarn.terminal();
        TableNames table = LakeTables.of(tarn.lake()).choose(name);
        Table savepoints =
                new Table("instant", "committed/committedAt", "saved/savedAt", "user", "note", "files", "size/bytes");
        for (Map<String, Object> savepoint : LakeUpkeep.of(tarn.lake()).savepoints(table)) {
            savepoints.add(
                    text(savepoint.get("instant")),
                    text(savepoint.get("committedAt")),
                    text(savepoint.get("savedAt")),
                    text(savepoint.get("user")),
                    text(savepoint.get("note")),
                    Cell.number(number(savepoint.get("files"))),
                    Cell.size(number(savepoint.get("bytes"))));
        }
        terminal.data().print(savepoints.render(output, terminal.dataColours()));
        return 0;
    }

    private static Cell text(@Nullable Object value) {
        return Cell.text(value == null ? null : value.toString());
    }

    private static @Nullable Long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : null;
    }
}
