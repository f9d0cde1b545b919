package dev.tarn.cli;

import dev.tarn.cli.server.LakeSchemas;
import dev.tarn.cli.terminal.OutputFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the subjects: state of the file, newest version, and who uses them.")
final class SchemaListCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    SchemaListCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        SchemaView.print(tarn.terminal(), LakeSchemas.of(tarn.lake()).list(), output);
        return 0;
    }
}
