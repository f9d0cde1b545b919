package dev.tarn.cli;

import dev.tarn.cli.server.LakeSchemas;
import dev.tarn.cli.server.SubjectStatus;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = "Tell what registering would do, what it would break, and for whom. Exit code 5 if it would break"
                + " something.")
final class SchemaCheckCommand implements Callable<Integer> {
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

    SchemaCheckCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        List<SubjectStatus> checked = LakeSchemas.of(tarn.lake()).check(subjects);
        SchemaView.print(tarn.terminal(), checked, output);
        List<SubjectStatus> refused = checked.stream()
                .filter(subject -> subject.state().equals("incompatible"))
                .toList();
        if (!refused.isEmpty()) {
            throw refusal(refused);
        }
        return 0;
    }

    private static TarnException refusal(List<SubjectStatus> refused) {
        StringBuilder message = new StringBuilder();
        for (SubjectStatus subject : refused) {
            message.append("Cannot register '")
                    .append(subject.subject())
                    .append("' as version ")
                    .append(subject.version() == null ? 1 : subject.version() + 1)
                    .append(", by the rule '")
                    .append(subject.compatibility())
                    .append("': ")
                    .append(String.join("; ", subject.reasons()))
                    .append(subject.users().isEmpty() ? "" : ". It would break " + String.join(", ", subject.users()))
                    .append(".\n");
        }
        return new TarnException(
                ErrorKind.REFUSED,
                "SCHEMA_INCOMPATIBLE",
                message + "Correct " + refused.get(0).file() + "; 'tarn schema diff "
                        + refused.get(0).subject() + "' shows what it changes.");
    }
}
