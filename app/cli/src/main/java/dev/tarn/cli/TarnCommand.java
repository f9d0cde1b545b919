package dev.tarn.cli;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.ProgramHome;
import dev.tarn.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: what all its subcommands share. */
@Command(
        name = "tarn",
        description = "An open data lake in one program.",
        synopsisHeading = "Usage: ",
        customSynopsis = "tarn [-C DIR] COMMAND [ARGUMENTS]",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footer = {"", "To begin: tarn demo", "More about a command: tarn help COMMAND"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TarnCommand {
    private final Terminal terminal;
    private final ProgramHome home;
    private final Path workingDirectory;

    @Option(
            names = "-C",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The lake directory. Default: the nearest one with a lake.yaml, from here upwards.")
    private @Nullable Path directory;

    TarnCommand(Terminal terminal, ProgramHome home, Path workingDirectory) {
        this.terminal = terminal;
        this.home = home;
        this.workingDirectory = workingDirectory;
    }

    Terminal terminal() {
        return terminal;
    }

    ProgramHome home() {
        return home;
    }

    /** The lake that the user means. */
    LakeLocation lake() {
        return directory == null ? LakeLocation.loadAbove(workingDirectory) : LakeLocation.load(resolve(directory));
    }

    /** The lake that the user means, if there is one. */
    Optional<LakeLocation> findLake() {
        return directory == null
                ? LakeLocation.findAbove(workingDirectory)
                : Optional.of(new LakeLocation(resolve(directory)));
    }

    /** A path of the user, who stands in the working directory. */
    Path resolve(Path path) {
        return workingDirectory.resolve(path);
    }
}
