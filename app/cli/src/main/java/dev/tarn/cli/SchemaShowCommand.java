package dev.tarn.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.server.LakeSchemas;
import dev.tarn.cli.server.SubjectDetails;
import dev.tarn.cli.server.SubjectStatus;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a schema: its text, its versions, its rule, and who uses it.")
final class SchemaShowCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "SUBJECT", description = "A subject of the registry, or a file in schemas/ without .avsc.")
    private String subject = "";

    @Option(names = "--version", paramLabel = "NUMBER", description = "The version to show. Default: the newest.")
    private @Nullable Integer version;

    @Option(names = "--output", paramLabel = "FORMAT", description = "table or json. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    SchemaShowCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() throws IOException {
        SubjectDetails details =
                LakeSchemas.of(tarn.lake()).show(subject, version == null ? "latest" : version.toString());
        SubjectStatus status = details.status();
        String text = details.schema() == null ? details.fileSchema() : details.schema();
        // A schema is JSON for people and programs alike; all else of it is words beside it.
        Object schema = text == null ? Map.of() : JSON.std.anyFrom(text);
        if (output == OutputFormat.JSON) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>(status.answer());
            document.put("schema", schema);
            tarn.terminal().data().print(Table.json(document));
            return 0;
        }
        tarn.terminal().data().print(Table.json(schema));
        tarn.terminal().say(String.join("\n", words(details)));
        return 0;
    }

    private static List<String> words(SubjectDetails details) {
        SubjectStatus status = details.status();
        return List.of(
                "subject        " + status.subject()
                        + (details.shown() == null
                                ? ", not registered: this is the file"
                                : ", version " + details.shown() + " of " + String.join(", ", details.versions())
                                        + "; newest id " + status.id()),
                "compatibility  " + (status.compatibility().isEmpty() ? "none" : status.compatibility()),
                "file           " + (status.file() == null ? "-" : status.file() + ", " + status.state()),
                "used by        " + (status.users().isEmpty() ? "-" : String.join(", ", status.users())));
    }
}
