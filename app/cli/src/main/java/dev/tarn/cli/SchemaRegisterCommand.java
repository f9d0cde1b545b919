package dev.tarn.cli;

import dev.tarn.cli.server.LakeSchemas;
import dev.tarn.cli.server.SubjectStatus;
import dev.tarn.cli.terminal.OutputFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "register",
        description = "Register what is new or changed in schemas/; nothing of it if anything is incompatible.")
final class SchemaRegisterCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(
            paramLabel = "SUBJECT",
            arity = "0..*",
            description = "The name of a file in schemas/, without .avsc. Default: all of them.")
    private List<String> subjects = List.of();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TABLE;

    SchemaRegisterCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        List<SubjectStatus> done = LakeSchemas.of(tarn.lake()).register(subjects);
        if (output != OutputFormat.TABLE) {
            SchemaView.print(tarn.terminal(), done, output);
            return 0;
        }
        for (SubjectStatus subject : done) {
            boolean unchanged = subject.state().equals("unchanged");
            tarn.terminal()
                    .data()
                    .println((unchanged ? "Unchanged: " : "Registered: ") + subject.subject() + ", version "
                            + subject.version() + ", id " + subject.id());
        }
        return 0;
    }
}
