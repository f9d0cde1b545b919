package dev.tarn.cli;

import dev.tarn.cli.server.SubjectStatus;
import dev.tarn.cli.terminal.Cell;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints subjects. */
final class SchemaView {
    private static final Map<String, String> STYLES =
            Map.of("incompatible", "red", "new", "yellow", "compatible", "yellow");

    private SchemaView() {}

    static void print(Terminal terminal, List<SubjectStatus> subjects, OutputFormat output) {
        if (output == OutputFormat.JSON) {
            terminal.data()
                    .print(Table.json(
                            subjects.stream().map(SubjectStatus::answer).toList()));
            return;
        }
        Table table = new Table("subject", "state", "version", "id", "compatibility", "file", "used by/users");
        for (SubjectStatus subject : subjects) {
            table.add(
                    Cell.text(subject.subject()),
                    state(subject.state()),
                    Cell.number(subject.version()),
                    Cell.number(subject.id()),
                    Cell.text(orNull(subject.compatibility())),
                    Cell.text(subject.file()),
                    Cell.text(orNull(String.join(", ", subject.users()))));
        }
        terminal.data().print(table.render(output, terminal.dataColours()));
    }

    static Cell state(String state) {
        return Cell.coloured(state, STYLES.getOrDefault(state, "green"));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
