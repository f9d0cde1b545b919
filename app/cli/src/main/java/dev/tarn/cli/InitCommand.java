package dev.tarn.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "init", description = "Make a lake directory.")
final class InitCommand implements Callable<Integer> {
    private final TarnCommand tarn;

    @Parameters(paramLabel = "DIR", description = "A new or empty directory.")
    private Path directory = Path.of("");

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description = "Start from an example: museum or rentals. Default: a lake with no source.")
    private @Nullable String example;

    InitCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() {
        NewLake lake = example == null ? NewLake.bare(tarn.resolve(directory)) : NewLake.of(example);
        lake.create(tarn.resolve(directory));
        tarn.terminal()
                .say("Made lake '" + lake.name() + "' in " + directory + ": " + String.join(", ", lake.paths()) + ".");
        tarn.terminal().say("Next: tarn -C " + directory + " up");
        return 0;
    }
}
